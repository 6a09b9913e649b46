"""Statements about mailboxes: who reads which, and how far."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def note(queries: Queries, gateway_ids: Sequence[UUID], now: datetime) -> None:
    """Notes that these gateways have mailboxes; new ones are due at once."""
    await queries.execute(
        """
        INSERT INTO mailboxes (gateway_id, look_at)
        SELECT id, $2 FROM unnest($1::uuid[]) AS given (id) ORDER BY id
        ON CONFLICT (gateway_id) DO NOTHING
        """,
        list(gateway_ids),
        now,
    )


async def lease(
    queries: Queries, gateway_ids: Sequence[UUID], reader_id: UUID, now: datetime, until: datetime
) -> UUID | None:
    """Takes the mailbox that is due for the longest time and that nobody reads; None when there is none."""
    return await queries.fetchval(
        """
        UPDATE mailboxes SET leased_by = $2, leased_until = $4 WHERE gateway_id = (
            SELECT gateway_id FROM mailboxes
            WHERE gateway_id = ANY ($1::uuid[]) AND look_at <= $3 AND (leased_until IS NULL OR leased_until < $3)
            ORDER BY look_at LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING gateway_id
        """,
        list(gateway_ids),
        reader_id,
        now,
        until,
    )


async def lock(transaction: Transaction, gateway_id: UUID, reader_id: UUID) -> Any:
    """`place, uid_validity, uid` of a mailbox that the reader still holds, locked; None when somebody else does."""
    return await transaction.fetchrow(
        """
        SELECT place, uid_validity, uid FROM mailboxes WHERE gateway_id = $1 AND leased_by = $2
        FOR UPDATE
        """,
        gateway_id,
        reader_id,
    )


async def move(
    transaction: Transaction, gateway_id: UUID, place: str, uid_validity: int, uid: int, until: datetime
) -> None:
    """Moves the position of a locked mailbox, and keeps the lease."""
    await transaction.execute(
        """
        UPDATE mailboxes SET place = $2, uid_validity = $3, uid = $4, leased_until = $5 WHERE gateway_id = $1
        """,
        gateway_id,
        place,
        uid_validity,
        uid,
        until,
    )


async def release(queries: Queries, gateway_id: UUID, reader_id: UUID, now: datetime, look_at: datetime) -> None:
    """Gives a mailbox back that was read to its end."""
    await queries.execute(
        """
        UPDATE mailboxes SET leased_by = NULL, leased_until = NULL, look_at = $4, failures = 0, read_at = $3,
            fault = NULL, error = NULL, error_at = NULL
        WHERE gateway_id = $1 AND leased_by = $2
        """,
        gateway_id,
        reader_id,
        now,
        look_at,
    )


async def fail(queries: Queries, gateway_id: UUID, reader_id: UUID, now: datetime, fault: str, error: str) -> None:
    """Gives a mailbox back that could not be read: it is tried again in a minute, later in an hour at most."""
    await queries.execute(
        """
        UPDATE mailboxes SET leased_by = NULL, leased_until = NULL, failures = failures + 1,
            look_at = $3::timestamptz + least(interval '1 hour', interval '1 minute' * power(2, least(failures, 6))),
            fault = $4, error = $5, error_at = $3
        WHERE gateway_id = $1 AND leased_by = $2
        """,
        gateway_id,
        reader_id,
        now,
        fault,
        error,
    )
