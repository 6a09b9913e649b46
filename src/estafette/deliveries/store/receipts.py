"""Statements about what gateways told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction, tuples


class ReceiptRow(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt as it is stored for the first time."""

    gateway_id: UUID
    digest: bytes
    body: bytes
    provider_id: str | None
    own_name: str | None
    status: str | None
    outcome: str | None
    reason: str | None
    code: str | None
    happened_at: datetime | None
    suppress: bool
    fault: str | None
    delivery_id: int | None
    look_at: datetime | None


async def insert(transaction: Transaction, rows: Sequence[ReceiptRow], now: datetime) -> set[tuple[UUID, bytes]]:
    """Stores receipts, each body of a gateway once; returns (gateway, digest) of those that were new."""
    inserted = await transaction.fetch(
        """
        INSERT INTO receipts (
            gateway_id, digest, body, provider_id, own_name, status, outcome, reason, code, happened_at, suppress,
            fault, delivery_id, look_at, received_at, matched_at
        )
        SELECT gateway_id, digest, body, provider_id, own_name, status, outcome, reason, code, happened_at, suppress,
            fault, delivery_id, look_at, $15::timestamptz, CASE WHEN delivery_id IS NOT NULL THEN $15 END
        FROM unnest(
            (SELECT $1::uuid[]), $2::bytea[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::timestamptz[], $11::boolean[], $12::text[], $13::bigint[], $14::timestamptz[]
        ) AS given (
            gateway_id, digest, body, provider_id, own_name, status, outcome, reason, code, happened_at, suppress,
            fault, delivery_id, look_at
        )
        ON CONFLICT (gateway_id, digest) DO NOTHING
        RETURNING gateway_id, digest
        """,
        *tuples([msgspec.structs.astuple(each) for each in rows]),
        now,
    )
    return {(row["gateway_id"], row["digest"]) for row in inserted}


async def early(transaction: Transaction, names: Sequence[tuple[UUID, str]]) -> list[Any]:
    """Locks receipts that came before it was known whose (gateway, id) it is; what somebody else holds is left out."""
    return await transaction.fetch(
        """
        SELECT r.id, found.gateway_id, found.name AS provider_id, r.outcome, r.code, r.suppress, r.received_at
        FROM (
            SELECT given.gateway_id, given.name, named.id
            FROM unnest((SELECT $1::uuid[]), $2::text[]) AS given (gateway_id, name)
            -- Apart: with OR the planner reads all of a gateway as long as it has no figures.
            CROSS JOIN LATERAL (
                SELECT a.id FROM receipts a
                WHERE a.gateway_id = given.gateway_id AND a.provider_id = given.name AND a.look_at IS NOT NULL
                UNION ALL
                SELECT b.id FROM receipts b
                WHERE b.gateway_id = given.gateway_id AND b.own_name = given.name AND b.look_at IS NOT NULL
            ) AS named
        ) AS found
        JOIN receipts r ON r.id = found.id
        WHERE r.look_at IS NOT NULL
        ORDER BY r.id FOR UPDATE OF r SKIP LOCKED
        """,
        *tuples(names),
    )


async def unmatched(transaction: Transaction, now: datetime, limit: int) -> list[Any]:
    """Locks receipts whose delivery is to be looked for again."""
    return await transaction.fetch(
        """
        SELECT id, gateway_id, provider_id, own_name, outcome, code, suppress, received_at FROM receipts
        WHERE look_at <= $1 ORDER BY look_at LIMIT $2 FOR UPDATE SKIP LOCKED
        """,
        now,
        limit,
    )


async def keep_looking(
    transaction: Transaction, rows: Sequence[tuple[int, int | None, datetime | None]], now: datetime
) -> None:
    """Stores (receipt, its delivery, when to look again) of locked receipts."""
    await transaction.execute(
        """
        UPDATE receipts r SET delivery_id = given.delivery_id, look_at = given.look_at,
            matched_at = CASE WHEN given.delivery_id IS NOT NULL THEN $4::timestamptz END
        FROM unnest((SELECT $1::bigint[]), $2::bigint[], $3::timestamptz[]) AS given (id, delivery_id, look_at)
        WHERE r.id = given.id
        """,
        *tuples(rows),
        now,
    )


async def forget(queries: Queries, before: datetime, limit: int) -> int:
    """Removes the oldest receipts that came before a time, and says how many."""
    done = await queries.execute(
        """
        DELETE FROM receipts WHERE id = ANY (ARRAY(
            SELECT old.id FROM (SELECT id, received_at FROM receipts ORDER BY id LIMIT $2) AS old
            WHERE old.received_at < $1
        ))
        """,
        before,
        limit,
    )
    return int(done.rsplit(" ", 1)[1])
