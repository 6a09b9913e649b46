"""Statements about attempts and what gateways call our messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Transaction, tuples


class AttemptRow(msgspec.Struct, frozen=True):
    """An attempt as it is stored."""

    delivery_id: int
    ordinal: int
    gateway_id: UUID
    started_at: datetime
    ended_at: datetime
    outcome: str
    code: str | None = None
    reason: str | None = None
    retry_at: datetime | None = None


class PartRow(msgspec.Struct, frozen=True):
    """What a gateway calls a segment of a delivery."""

    gateway_id: UUID
    provider_id: str
    delivery_id: int
    part: int
    parts: int


async def add_attempts(transaction: Transaction, rows: Sequence[AttemptRow]) -> None:
    """Stores attempts; one whose outcome was unknown may become known, and nothing else changes."""
    await transaction.execute(
        """
        INSERT INTO delivery_attempts AS known (
            delivery_id, ordinal, gateway_id, started_at, ended_at, outcome, code, reason, retry_at
        )
        SELECT * FROM unnest(
            (SELECT $1::bigint[]), $2::integer[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::text[],
            $7::text[], $8::text[], $9::timestamptz[]
        )
        ON CONFLICT (delivery_id, ordinal) DO UPDATE SET
            ended_at = excluded.ended_at, outcome = excluded.outcome, code = excluded.code, reason = excluded.reason,
            retry_at = excluded.retry_at
            WHERE known.outcome = 'unknown' AND excluded.outcome <> 'unknown'
        """,
        *tuples([msgspec.structs.astuple(each) for each in rows]),
    )


async def add_parts(transaction: Transaction, rows: Sequence[PartRow]) -> None:
    """Stores what gateways call our messages."""
    await transaction.execute(
        """
        INSERT INTO provider_messages (gateway_id, provider_id, delivery_id, part, parts)
        SELECT * FROM unnest((SELECT $1::uuid[]), $2::text[], $3::bigint[], $4::smallint[], $5::smallint[])
        ON CONFLICT DO NOTHING
        """,
        *tuples([msgspec.structs.astuple(each) for each in rows]),
    )


async def locate(transaction: Transaction, names: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], int]:
    """The delivery that a gateway means by an id: the newest without a final receipt, otherwise the newest."""
    rows = await transaction.fetch(
        """
        SELECT given.gateway_id, given.provider_id, p.delivery_id
        FROM unnest((SELECT $1::uuid[]), $2::text[]) AS given (gateway_id, provider_id)
        CROSS JOIN LATERAL (
            SELECT m.delivery_id FROM provider_messages m
            WHERE m.gateway_id = given.gateway_id AND m.provider_id = given.provider_id
            ORDER BY m.outcome IS NULL DESC, m.delivery_id DESC LIMIT 1
        ) AS p
        """,
        *tuples(names),
    )
    return {(row["gateway_id"], row["provider_id"]): row["delivery_id"] for row in rows}


async def parts(transaction: Transaction, delivery_ids: Sequence[int]) -> list[Any]:
    """All segments of deliveries, in order."""
    return await transaction.fetch(
        """
        SELECT delivery_id, part, gateway_id, provider_id, outcome FROM provider_messages
        WHERE delivery_id = ANY ((SELECT $1::bigint[])::bigint[]) ORDER BY delivery_id, part
        """,
        list(delivery_ids),
    )


async def end_parts(transaction: Transaction, ends: Sequence[tuple[UUID, str, int, int, str, str | None]]) -> None:
    """Stores the final word (gateway, id, delivery, part, outcome, code) on segments of locked deliveries."""
    await transaction.execute(
        """
        UPDATE provider_messages p SET outcome = given.outcome, code = given.code
        FROM unnest((SELECT $1::uuid[]), $2::text[], $3::bigint[], $4::smallint[], $5::text[], $6::text[])
            AS given (gateway_id, provider_id, delivery_id, part, outcome, code)
        WHERE p.gateway_id = given.gateway_id AND p.provider_id = given.provider_id
            AND p.delivery_id = given.delivery_id AND p.part = given.part
        """,
        *tuples(ends),
    )
