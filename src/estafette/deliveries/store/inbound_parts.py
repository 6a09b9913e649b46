"""Statements about the segments of long text messages that somebody writes to us."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from estafette.base.database import Transaction, tuples
from estafette.deliveries.models.inbound import InboundMessage

Whole = tuple[UUID, str, str, int, int]
"""Gateway, sender, recipient, reference and number of segments: what the segments of one message share."""

Row = tuple[UUID, str, str, int, int, int, str, bytes]


async def insert(transaction: Transaction, rows: Sequence[Row], now: datetime) -> None:
    """Stores segments in the order of their keys, each once."""
    await transaction.execute(
        """
        INSERT INTO inbound_parts (gateway_id, sender, recipient, reference, parts, part, text, raw, received_at)
        SELECT gateway_id, sender, recipient, reference, parts, part, text, raw, $9
        FROM unnest(
            (SELECT $1::uuid[]), $2::text[], $3::text[], $4::integer[], $5::smallint[], $6::smallint[], $7::text[],
            $8::bytea[]
        ) AS given (gateway_id, sender, recipient, reference, parts, part, text, raw)
        ON CONFLICT DO NOTHING
        """,
        *tuples(rows),
        now,
    )


async def take_whole(transaction: Transaction, wholes: Sequence[Whole]) -> list[tuple[UUID, InboundMessage]]:
    """Takes the segments of messages of which all are there, and returns the messages."""
    given = sorted(set(wholes))
    rows = await transaction.fetch(
        """
        WITH whole AS (
            SELECT p.gateway_id, p.sender, p.recipient, p.reference, p.parts
            FROM inbound_parts p JOIN unnest((SELECT $1::uuid[]), $2::text[], $3::text[], $4::integer[], $5::smallint[])
                AS given (gateway_id, sender, recipient, reference, parts)
                USING (gateway_id, sender, recipient, reference, parts)
            GROUP BY p.gateway_id, p.sender, p.recipient, p.reference, p.parts HAVING count(*) = p.parts
        )
        DELETE FROM inbound_parts p USING whole w
        WHERE (p.gateway_id, p.sender, p.recipient, p.reference, p.parts)
            = (w.gateway_id, w.sender, w.recipient, w.reference, w.parts)
        RETURNING p.gateway_id, p.sender, p.recipient, p.reference, p.parts, p.part, p.text, p.raw, p.received_at
        """,
        *tuples(given),
    )
    return _messages(rows)


async def lock_wholes(transaction: Transaction, wholes: Sequence[Whole]) -> None:
    """Lets others who store segments of the same messages wait until the end of the transaction.

    Else of two that store the last two segments of a message at once neither would see the other's.
    """
    await transaction.execute(
        """
        SELECT pg_advisory_xact_lock(hashtextextended(name, 62))
        FROM (SELECT DISTINCT unnest($1::text[]) AS name ORDER BY 1) AS given
        """,
        ["\n".join(map(str, each)) for each in wholes],
    )


async def take_old(transaction: Transaction, before: datetime, limit: int) -> list[tuple[UUID, InboundMessage]]:
    """Takes the segments of messages whose first one came before a time, and returns what there is of them.

    Segments that were told twice, the second time after their message was whole, are not a message of their own.
    """
    rows = await transaction.fetch(
        """
        WITH old AS (
            SELECT DISTINCT gateway_id, sender, recipient, reference, parts
            FROM (SELECT * FROM inbound_parts WHERE received_at < $1 ORDER BY received_at LIMIT $2) AS oldest
        ), taken AS (
            DELETE FROM inbound_parts p USING old o
            WHERE (p.gateway_id, p.sender, p.recipient, p.reference, p.parts)
                = (o.gateway_id, o.sender, o.recipient, o.reference, o.parts)
            RETURNING p.*
        )
        SELECT t.gateway_id, t.sender, t.recipient, t.reference, t.parts, t.part, t.text, t.raw, t.received_at
        FROM taken t WHERE NOT EXISTS (
            SELECT FROM inbound_messages m
            WHERE m.gateway_id = t.gateway_id AND m.sender = t.sender AND m.received_at > $1 - interval '1 hour'
                AND strpos(m.text, t.text) > 0
        )
        """,
        before,
        limit,
    )
    return _messages(rows)


def _messages(rows: Sequence[Any]) -> list[tuple[UUID, InboundMessage]]:
    def whole(row: Any) -> Whole:
        return row["gateway_id"], row["sender"], row["recipient"], row["reference"], row["parts"]

    found: list[tuple[UUID, InboundMessage]] = []
    ordered = sorted(rows, key=lambda each: (whole(each), each["part"]))
    for (gateway_id, sender, recipient, _, _), some in groupby(ordered, whole):
        parts = list(some)
        message = InboundMessage(
            channel="sms",
            sender=sender,
            recipient=recipient,
            text="".join(each["text"] for each in parts),
            body=b"".join(each["raw"] for each in parts),
            happened_at=min(each["received_at"] for each in parts),
        )
        found.append((gateway_id, message))
    return found
