"""Statements about inbound messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction, tuples
from estafette.deliveries.models.inbound import Inbound


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it is stored for the first time."""

    id: UUID
    gateway_id: UUID
    key: str
    digest: bytes
    channel: str
    sender: str
    sender_name: str | None
    recipient: str
    subject: str | None
    text: str
    media: str | None
    automatic: bool
    delivery_id: int | None
    happened_at: datetime | None
    raw: bytes
    named: bool


async def insert(transaction: Transaction, rows: Sequence[Row], now: datetime, repeated_since: datetime) -> list[UUID]:
    """Stores messages that are new; returns their ids. One without a name is told twice if its body came lately."""
    inserted = await transaction.fetch(
        """
        INSERT INTO inbound_messages (
            id, gateway_id, key, digest, channel, sender, sender_name, recipient, subject, text, media, automatic,
            delivery_id, happened_at, raw, received_at
        )
        SELECT id, gateway_id, key, digest, channel, sender, sender_name, recipient, subject, text, media::jsonb,
            automatic, delivery_id, happened_at, raw, $17::timestamptz
        FROM unnest(
            (SELECT $1::uuid[]), $2::uuid[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::text[], $12::boolean[], $13::bigint[], $14::timestamptz[], $15::bytea[],
            $16::boolean[]
        ) AS given (
            id, gateway_id, key, digest, channel, sender, sender_name, recipient, subject, text, media, automatic,
            delivery_id, happened_at, raw, named
        )
        WHERE named OR NOT EXISTS (
            SELECT FROM inbound_messages m
            WHERE m.gateway_id = given.gateway_id AND m.digest = given.digest AND m.received_at > $18
        )
        ON CONFLICT (gateway_id, key) DO NOTHING
        RETURNING id
        """,
        *tuples([msgspec.structs.astuple(each) for each in rows]),
        now,
        repeated_since,
    )
    return [each["id"] for each in inserted]


async def get(queries: Queries, ids: Sequence[UUID]) -> dict[UUID, Inbound]:
    """Messages by their ids."""
    rows = await queries.fetch(
        """
        SELECT m.id, m.gateway_id, m.channel, m.sender, m.sender_name, m.recipient, m.subject, m.text, m.media,
            m.automatic, m.delivery_id, d.recipient AS answered_address, m.happened_at, m.received_at
        FROM inbound_messages m LEFT JOIN deliveries d ON d.id = m.delivery_id
        WHERE m.id = ANY ((SELECT $1::uuid[])::uuid[])
        """,
        list(ids),
    )
    return {each["id"]: _inbound(each) for each in rows}


async def created_since(queries: Queries, delivery_ids: Sequence[int], since: datetime) -> set[int]:
    """Those deliveries that were made since a time."""
    rows = await queries.fetch(
        "SELECT id FROM deliveries WHERE id = ANY ($1::bigint[]) AND created_at >= $2", list(delivery_ids), since
    )
    return {each["id"] for each in rows}


async def forget(queries: Queries, ids: Sequence[UUID]) -> None:
    """Removes messages for good."""
    await queries.execute("DELETE FROM inbound_messages WHERE id = ANY ($1::uuid[])", list(ids))


async def forget_raw(queries: Queries, before: datetime, limit: int) -> int:
    """Takes away how messages came that are older, and says of how many."""
    done = await queries.execute(
        """
        UPDATE inbound_messages SET raw = NULL WHERE id = ANY (ARRAY(
            SELECT id FROM inbound_messages WHERE raw IS NOT NULL AND received_at < $1 ORDER BY received_at LIMIT $2
        ))
        """,
        before,
        limit,
    )
    return int(done.rsplit(" ", 1)[1])


def _inbound(row: Any) -> Inbound:
    return msgspec.convert(dict(row) | {"media": row["media"] or ()}, Inbound)
