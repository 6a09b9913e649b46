"""Statements about communications under way: which is due, where it stands, that it moves on."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction
from estafette.communications.models.communications import PauseReason, State
from estafette.communications.models.work import Work


async def lock(transaction: Transaction, id_: UUID) -> Work | None:
    """A communication, locked until the end of the transaction."""
    row = await transaction.fetchrow(
        """
        SELECT id, kind, state, channels, mode, content, audience, schedule, list_id, starts_at, expires_at,
            prepared_to, prepared, revision, started_at, created_at, ended_before, failed_before,
            (SELECT organisation FROM communication_settings) AS organisation
        FROM communications WHERE id = $1 FOR NO KEY UPDATE
        """,
        id_,
    )
    return _work(row) if row else None


async def lock_free(transaction: Transaction, id_: UUID) -> Work | None:
    """The same, unless somebody else holds it."""
    row = await transaction.fetchrow(
        """
        SELECT id, kind, state, channels, mode, content, audience, schedule, list_id, starts_at, expires_at,
            prepared_to, prepared, revision, started_at, created_at, ended_before, failed_before,
            (SELECT organisation FROM communication_settings) AS organisation
        FROM communications WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED
        """,
        id_,
    )
    return _work(row) if row else None


async def due(queries: Queries, now: datetime, limit: int) -> list[UUID]:
    """Communications whose time has come, those to single clients first."""
    rows = await queries.fetch(
        """
        SELECT id FROM communications WHERE state = 'scheduled' AND (starts_at IS NULL OR starts_at <= $1)
        ORDER BY kind = 'transactional' DESC, starts_at, id LIMIT $2
        """,
        now,
        limit,
    )
    return [row["id"] for row in rows]


async def under_way(queries: Queries, now: datetime) -> list[UUID]:
    """Communications that go out now, or would at once."""
    rows = await queries.fetch(
        """
        SELECT id FROM communications
        WHERE state IN ('preparing', 'running') OR state = 'scheduled' AND (starts_at IS NULL OR starts_at <= $1)
        ORDER BY id
        """,
        now,
    )
    return [row["id"] for row in rows]


async def in_state(queries: Queries, state: State) -> list[UUID]:
    """Communications at work in a state: those to single clients first, then those that have come least far."""
    rows = await queries.fetch(
        """
        SELECT id FROM communications
        WHERE state = $1 AND state IN ('preparing', 'running', 'cancelling')
        ORDER BY kind = 'transactional' DESC, clients, id
        """,
        state,
    )
    return [row["id"] for row in rows]


async def with_quiet_hours(queries: Queries) -> list[UUID]:
    """Running communications that leave clients in peace at times."""
    rows = await queries.fetch(
        """
        SELECT id FROM communications
        WHERE state = 'running' AND kind = 'campaign' AND schedule ->> 'quiet' IS NOT NULL
        ORDER BY id
        """
    )
    return [row["id"] for row in rows]


async def move(
    transaction: Transaction,
    id_: UUID,
    state: State,
    now: datetime,
    *,
    pause_reason: PauseReason | None = None,
    failure: str | None = None,
    begins: bool = False,
    ends: bool = False,
) -> int:
    """Brings a locked communication to a state, and returns its new revision."""
    return await transaction.fetchval(
        """
        WITH moved AS (
            UPDATE communications SET state = $2, pause_reason = $4, failure = coalesce($5, failure),
                started_at = CASE WHEN $6 THEN coalesce(started_at, $3) ELSE started_at END,
                ended_at = CASE WHEN $7 THEN $3 ELSE ended_at END, revision = revision + 1, changed_at = $3
            WHERE id = $1
            RETURNING id, state, pause_reason, failure, revision, changed_at
        ), noted AS (
            INSERT INTO communication_state_changes (communication_id, state, pause_reason, failure, revision, at)
            SELECT id, state, pause_reason, failure, revision, changed_at FROM moved
        )
        SELECT revision FROM moved
        """,
        id_,
        state,
        now,
        pause_reason,
        failure,
        begins,
        ends,
    )


async def count_errors_from_now(transaction: Transaction, id_: UUID, ended: int, failed: int) -> None:
    """Notes how many messages had ended and failed when a communication was resumed."""
    await transaction.execute(
        "UPDATE communications SET ended_before = $2, failed_before = $3 WHERE id = $1", id_, ended, failed
    )


def _work(row: Any) -> Work:
    return msgspec.convert(dict(row), Work)
