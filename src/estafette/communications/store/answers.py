"""Statements about what clients write to us."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction, tuples


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it is stored."""

    inbound_id: UUID
    client_id: UUID | None
    channel: str
    meaning: str
    communication_id: UUID | None
    conversation_id: UUID | None
    received_at: datetime
    read_at: datetime | None


async def insert(transaction: Transaction, rows: Sequence[AnswerRow]) -> None:
    """Stores answers, each once."""
    await transaction.execute(
        """
        INSERT INTO client_answers (
            inbound_id, client_id, channel, meaning, communication_id, conversation_id, received_at, read_at
        )
        SELECT * FROM unnest(
            (SELECT $1::uuid[]), $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::timestamptz[],
            $8::timestamptz[]
        )
        ON CONFLICT (inbound_id) DO NOTHING
        """,
        *tuples([msgspec.structs.astuple(each) for each in rows]),
    )


async def last_sent(queries: Queries, client_ids: Sequence[UUID], answered: Sequence[int]) -> list[Any]:
    """`client_id, channel, communication_id, delivery_id`: the last that went out to each client by each channel, and
    those deliveries that somebody answers.
    """
    return await queries.fetch(
        """
        SELECT given.client_id, r.channel, r.communication_id, r.delivery_id
        FROM unnest((SELECT $1::uuid[])) AS given (client_id)
        CROSS JOIN unnest(ARRAY['sms', 'whatsapp', 'email']) AS way (channel)
        CROSS JOIN LATERAL (
            (
                SELECT channel, communication_id, delivery_id FROM communication_recipients
                WHERE client_id = given.client_id AND channel = way.channel AND delivery_id IS NOT NULL
                ORDER BY delivery_id DESC LIMIT 1
            )
            UNION
            SELECT channel, communication_id, delivery_id FROM communication_recipients
            WHERE client_id = given.client_id AND channel = way.channel AND delivery_id = ANY ($2::bigint[])
        ) AS r
        """,
        list(client_ids),
        list(answered),
    )


async def page(
    queries: Queries,
    client_id: UUID | None,
    communication_id: UUID | None,
    *,
    unread: bool,
    before: UUID | None,
    limit: int,
) -> list[Any]:
    """Answers, newest first: of a client, to a communication, or of all; `unread` ones alone."""
    return await queries.fetch(
        """
        SELECT a.inbound_id, a.client_id, coalesce(nullif(c.name, ''), c.email, c.phone, c.whatsapp) AS client,
            a.channel, a.meaning, a.communication_id, a.conversation_id, a.received_at, a.read_at
        FROM client_answers a LEFT JOIN clients c ON c.id = a.client_id
        WHERE ($1::uuid IS NULL OR a.client_id = $1) AND ($2::uuid IS NULL OR a.communication_id = $2)
            AND (NOT $3 OR a.read_at IS NULL) AND ($4::uuid IS NULL OR a.inbound_id < $4)
        ORDER BY a.inbound_id DESC LIMIT $5
        """,
        client_id,
        communication_id,
        unread,
        before,
        limit,
    )


async def count_unread(queries: Queries, most: int) -> int:
    """How many answers nobody has read, counted up to a number."""
    return await queries.fetchval(
        "SELECT count(*) FROM (SELECT FROM client_answers WHERE read_at IS NULL LIMIT $1) AS found", most
    )


async def mark_read(
    queries: Queries, ids: Sequence[UUID] | None, client_id: UUID | None, at: datetime, by: UUID
) -> None:
    """Notes who has read answers first: these, or all of a client."""
    await queries.execute(
        """
        UPDATE client_answers SET read_at = $3, read_by = $4 WHERE read_at IS NULL AND inbound_id IN (
            SELECT inbound_id FROM client_answers
            WHERE read_at IS NULL AND (inbound_id = ANY ($1::uuid[]) OR client_id = $2)
            ORDER BY inbound_id FOR UPDATE
        )
        """,
        None if ids is None else list(ids),
        client_id,
        at,
        by,
    )


async def known(queries: Queries, inbound_id: UUID) -> bool:
    """Whether there is such an answer."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM client_answers WHERE inbound_id = $1)", inbound_id)


async def forget_of(transaction: Transaction, client_ids: Sequence[UUID]) -> list[UUID]:
    """Removes the answers of clients, and returns which messages they were."""
    rows = await transaction.fetch(
        "DELETE FROM client_answers WHERE client_id = ANY ($1::uuid[]) RETURNING inbound_id", list(client_ids)
    )
    return [row["inbound_id"] for row in rows]


async def settings(queries: Queries) -> Any:
    """`partner_id, confirms`."""
    return await queries.fetchrow("SELECT partner_id, confirms FROM answer_settings")


async def change_settings(queries: Queries, partner_id: UUID | None, confirms: bool, at: datetime, by: UUID) -> None:
    """Stores what is done with answers."""
    await queries.execute(
        "UPDATE answer_settings SET partner_id = $1, confirms = $2, changed_at = $3, changed_by = $4",
        partner_id,
        confirms,
        at,
        by,
    )
