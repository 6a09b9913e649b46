"""Statements about communications as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from estafette.base.database import Queries
from estafette.communications.models.communications import State
from estafette.communications.models.rows import CommunicationRow

NOT_BEGUN: Final = frozenset(("draft", "scheduled"))
_COLUMNS: Final = frozenset(CommunicationRow.__struct_fields__)
Place = tuple[datetime, UUID]
"""The time of a communication, and its id."""


async def insert(queries: Queries, new: CommunicationRow, name_key: str) -> None:
    """Stores a new communication."""
    await queries.execute(
        """
        WITH made AS (
            INSERT INTO communications (
                id, name, name_key, kind, state, channels, mode, content, audience, schedule, segment_id, list_id,
                send_at, starts_at, expires_at, resend_of, revision, created_at, created_by, changed_at
            )
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, $17, $18, $17)
            RETURNING id, state, revision, changed_at
        )
        INSERT INTO communication_state_changes (communication_id, state, revision, at)
        SELECT id, state, revision, changed_at FROM made
        """,
        new.id,
        new.name,
        name_key,
        new.kind,
        new.state,
        new.channels,
        new.mode,
        new.content,
        new.audience,
        new.schedule,
        new.segment_id,
        new.list_id,
        new.send_at,
        new.starts_at,
        new.expires_at,
        new.resend_of,
        new.created_at,
        new.created_by,
    )


async def get(queries: Queries, communication_id: UUID) -> CommunicationRow | None:
    """One communication."""
    row = await queries.fetchrow(
        """
        SELECT c.*, l.clients AS listed FROM communications c LEFT JOIN client_lists l ON l.id = c.list_id
        WHERE c.id = $1
        """,
        communication_id,
    )
    return communication(row) if row else None


async def lock(queries: Queries, communication_id: UUID) -> CommunicationRow | None:
    """One communication, locked until the end of the transaction."""
    row = await queries.fetchrow(
        """
        SELECT c.*, l.clients AS listed FROM communications c LEFT JOIN client_lists l ON l.id = c.list_id
        WHERE c.id = $1 FOR UPDATE OF c
        """,
        communication_id,
    )
    return communication(row) if row else None


async def update(queries: Queries, new: CommunicationRow, name_key: str, at: datetime) -> None:
    """Writes anew what people say of a locked communication, as its next revision."""
    await queries.execute(
        """
        WITH before AS (SELECT state FROM communications WHERE id = $1), changed AS (
            UPDATE communications SET name = $2, name_key = $3, state = $4, channels = $5, mode = $6, content = $7,
                audience = $8, schedule = $9, segment_id = $10, list_id = $11, send_at = $12, starts_at = $13,
                expires_at = $14, kind = $15, revision = revision + 1, changed_at = $16
            WHERE id = $1
            RETURNING id, state, revision, changed_at
        )
        INSERT INTO communication_state_changes (communication_id, state, revision, at)
        SELECT changed.id, changed.state, changed.revision, changed.changed_at FROM changed, before
        WHERE changed.state <> before.state
        """,
        new.id,
        new.name,
        name_key,
        new.state,
        new.channels,
        new.mode,
        new.content,
        new.audience,
        new.schedule,
        new.segment_id,
        new.list_id,
        new.send_at,
        new.starts_at,
        new.expires_at,
        new.kind,
        at,
    )


async def delete(queries: Queries, communication_id: UUID) -> None:
    """Takes a communication away of which nobody has got anything."""
    await queries.execute("DELETE FROM communications WHERE id = $1", communication_id)


async def page(
    queries: Queries,
    states: Sequence[State],
    words: str,
    since: datetime | None,
    until: datetime | None,
    after: Place | None,
    limit: int,
) -> list[tuple[CommunicationRow, Place]]:
    """Communications by their time, the latest first; `words` stand folded in the name, no states are all."""
    rows = await queries.fetch(
        """
        SELECT chosen.*, l.clients AS listed FROM (
        SELECT *, coalesce(starts_at, created_at) AS placed_at FROM communications
        WHERE (cardinality($1::text[]) = 0 OR state = ANY ($1::text[]))
            AND ($2::text = '' OR position($2::text IN name_key) > 0)
            AND ($3::timestamptz IS NULL OR coalesce(starts_at, created_at) >= $3)
            AND ($4::timestamptz IS NULL OR coalesce(starts_at, created_at) < $4)
            AND ($5::timestamptz IS NULL OR (coalesce(starts_at, created_at), id) < ($5, $6::uuid))
        ORDER BY coalesce(starts_at, created_at) DESC, id DESC LIMIT $7
        ) chosen LEFT JOIN client_lists l ON l.id = chosen.list_id
        ORDER BY placed_at DESC, chosen.id DESC
        """,
        list(states),
        words,
        since,
        until,
        *(after or (None, None)),
        limit,
    )
    return [(communication(row), (row["placed_at"], row["id"])) for row in rows]


async def states(queries: Queries, ids: Sequence[UUID]) -> dict[UUID, tuple[State, int]]:
    """State and revision of communications by their ids; those that are none are missing."""
    rows = await queries.fetch("SELECT id, state, revision FROM communications WHERE id = ANY ($1::uuid[])", list(ids))
    return {row["id"]: (row["state"], row["revision"]) for row in rows}


def communication(row: Any) -> CommunicationRow:
    """The communication of a row; before it is prepared it is for as many as are on its list."""
    known = {name: value for name, value in row.items() if name in _COLUMNS}
    if row["state"] in NOT_BEGUN and row["listed"] is not None:
        known["clients"] = row["listed"]
    return msgspec.convert(known, CommunicationRow)
