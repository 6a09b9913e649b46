"""Statements about acknowledgements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, tuples
from estafette.documents.models.acknowledgements import AcknowledgementRow, Due


async def insert(
    queries: Queries, id_: UUID, system_id: UUID, document: str, version: str, person_id: UUID, email: str, at: datetime
) -> bool:
    """Keeps that a person has taken note; False if it is kept already or the system is gone."""
    kept = await queries.fetchval(
        """
        INSERT INTO document_acknowledgements
            (id, system_id, document, version, person_id, email, acknowledged_at, not_before)
        SELECT $1, id, $3, $4, $5, $6, $7, $7 FROM document_systems WHERE id = $2 FOR KEY SHARE
        ON CONFLICT (system_id, document, version, person_id) DO NOTHING RETURNING true
        """,
        id_,
        system_id,
        document,
        version,
        person_id,
        email,
        at,
    )
    return kept is True


async def own(queries: Queries, person_id: UUID, documents: Sequence[tuple[UUID, str]]) -> list[AcknowledgementRow]:
    """What a person has acknowledged of some documents, each of a system."""
    rows = await queries.fetch(
        """
        SELECT a.system_id, a.document, a.version, a.acknowledged_at, a.not_before IS NULL AS told
        FROM unnest((SELECT $2::uuid[]), (SELECT $3::text[])) AS given (system_id, document)
        JOIN document_acknowledgements a ON a.person_id = $1 AND a.system_id = given.system_id
            AND a.document = given.document
        """,
        person_id,
        *(tuples(documents) if documents else ([], [])),
    )
    return [AcknowledgementRow(**row) for row in rows]


async def people(
    queries: Queries, conversation_id: UUID, system_id: UUID, document: str, version: str, most: int
) -> list[Any]:
    """Who of those who may read a conversation has acknowledged a version: `id, name, picture, acknowledged_at`.

    First to last, `most` at most.
    """
    return await queries.fetch(
        """
        SELECT k.id, k.name, k.picture, a.acknowledged_at
        FROM document_acknowledgements a JOIN person_cards k ON k.id = a.person_id
        WHERE a.system_id = $2 AND a.document = $3 AND a.version = $4 AND EXISTS (
            SELECT FROM conversation_readers r WHERE r.conversation_id = $1 AND r.person_id = a.person_id
        )
        ORDER BY a.acknowledged_at, k.id LIMIT $5
        """,
        conversation_id,
        system_id,
        document,
        version,
        most,
    )


async def claim(queries: Queries, limit: int, now: datetime, lease_until: datetime) -> list[Due]:
    """Takes what connectors are to be told now; whoever dies with one leaves it due after the lease."""
    rows = await queries.fetch(
        """
        UPDATE document_acknowledgements SET attempts = attempts + 1, not_before = $3
        WHERE id = ANY (ARRAY(
            SELECT id FROM document_acknowledgements WHERE not_before <= $2
            ORDER BY not_before LIMIT $1 FOR UPDATE SKIP LOCKED
        ))
        RETURNING id, system_id, document, version, person_id, email, acknowledged_at, attempts
        """,
        limit,
        now,
        lease_until,
    )
    return [Due(**row) for row in rows]


async def taken(queries: Queries, id_: UUID) -> None:
    """The connector has taken an acknowledgement."""
    await queries.execute("UPDATE document_acknowledgements SET not_before = NULL WHERE id = $1", id_)


async def put_off(queries: Queries, id_: UUID, until: datetime) -> None:
    """The connector has not taken this one."""
    await queries.execute(
        "UPDATE document_acknowledgements SET not_before = $2 WHERE id = $1 AND not_before IS NOT NULL", id_, until
    )


async def put_off_all(queries: Queries, system_id: UUID, attempts: int, until: datetime) -> None:
    """A system has not answered at all after so many attempts: what was tried no oftener there waits as long."""
    # Several workers may put off the same: none of them waits for another.
    await queries.execute(
        """
        UPDATE document_acknowledgements SET not_before = $3, attempts = $2
        WHERE id = ANY (ARRAY(
            SELECT id FROM document_acknowledgements
            WHERE system_id = $1 AND not_before IS NOT NULL AND attempts <= $2 FOR UPDATE SKIP LOCKED
        ))
        """,
        system_id,
        attempts,
        until,
    )
