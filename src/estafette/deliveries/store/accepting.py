"""Statements of accepting: look for earlier keys, insert."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base import quotas
from estafette.base.database import Transaction, tuples
from estafette.base.quotas import Used
from estafette.deliveries.models.deliveries import Encoding, NewDelivery


class Entry(msgspec.Struct, frozen=True):
    """A delivery about to be stored, with what was found out about it."""

    new: NewDelivery
    encoding: Encoding | None
    segments: int
    send_at: datetime
    expires_at: datetime


async def find_by_keys(transaction: Transaction, keys: Sequence[tuple[UUID, str]]) -> list[Any]:
    """The deliveries that have one of these (owner, key)."""
    return await transaction.fetch(
        """
        SELECT d.owner_id, d.only_gateway_id, d.id, d.key, d.channel, d.urgency, d.sender, d.recipient, d.text,
            d.subject, d.html, d.media, d.options, d.encoding, d.segments, d.status, d.reason, d.events, d.attempts,
            d.gateway_id, d.created_at, d.changed_at, d.send_at, d.expires_at
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::text[])) AS given (owner_id, key)
        JOIN deliveries d ON d.owner_id = given.owner_id AND d.key = given.key
        """,
        *tuples(keys),
    )


async def insert(
    transaction: Transaction, entries: Sequence[Entry], now: datetime, *, counted: bool
) -> tuple[list[int], dict[UUID, Used]]:
    """Stores deliveries, lets them wait for a gateway, and returns their ids in the same order.

    Those that are `counted` are so for the quotas of their owners; what these have used now is returned, too.

    Raises UniqueViolationError when a key was taken meanwhile.
    """
    rows = await transaction.fetch(
        """
        WITH given AS MATERIALIZED (
            SELECT nextval('deliveries_id_seq') AS id, g.*
            FROM unnest(
                (SELECT $1::uuid[]), $2::text[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::smallint[], $14::uuid[],
                $15::timestamptz[], $16::timestamptz[]
            ) WITH ORDINALITY AS g (
                owner_id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding,
                segments, only_gateway_id, send_at, expires_at, position
            )
        ), kept AS (
            INSERT INTO deliveries (
                id, owner_id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding,
                segments, only_gateway_id, created_at, changed_at, send_at, expires_at
            )
            SELECT id, owner_id, key, channel, urgency, sender, recipient, text, subject, html, media::jsonb,
                options::jsonb, encoding, segments, only_gateway_id, $17::timestamptz, $17, send_at, expires_at
            FROM given
        ), queued AS (
            INSERT INTO delivery_queue (delivery_id, lane, urgency, not_before, expires_at, segments)
            SELECT id, coalesce(only_gateway_id::text, channel), urgency, send_at, expires_at, segments FROM given
        ), totals AS (
            INSERT INTO delivery_totals AS t (owner_id, channel, share, count)
            SELECT owner_id, channel, pg_backend_pid() % 16, count(*) FROM given
            -- In one order, so that two who accept for the same owners do not wait for each other in a circle.
            GROUP BY owner_id, channel ORDER BY owner_id, channel
            ON CONFLICT (owner_id, channel, share) DO UPDATE SET count = t.count + excluded.count
        ), used AS MATERIALIZED (
            SELECT count_usage(
                $18, array_agg(owner_id), array_agg(0::bigint), array_agg(deliveries), array_agg(bytes)
            ) AS totals
            FROM (
                SELECT owner_id, count(*) AS deliveries,
                    sum(octet_length(concat(text, subject, html)))::bigint AS bytes
                FROM given WHERE $19 GROUP BY owner_id
            ) AS each
        )
        SELECT id, CASE WHEN position = 1 THEN used.totals END AS used FROM given, used ORDER BY position
        """,
        *tuples([_columns(each) for each in entries]),
        now,
        now.date(),
        counted,
    )
    return [row["id"] for row in rows], quotas.totals(rows[0]["used"])


def weight(new: NewDelivery) -> int:
    """Bytes of a delivery, as `insert` counts them."""
    return sum(len(part.encode()) for part in (new.text, new.subject, new.html) if part)


def _columns(entry: Entry) -> tuple[object, ...]:
    new = entry.new
    options = msgspec.json.encode(new.options)
    return (
        new.owner_id,
        new.key,
        new.channel,
        new.urgency,
        new.sender,
        new.recipient,
        new.text,
        new.subject,
        new.html,
        # As text: a list in a column of lists would be taken for a second dimension.
        msgspec.json.encode(new.media).decode() if new.media else None,
        options.decode() if options != b"{}" else None,
        entry.encoding,
        entry.segments,
        new.only_gateway_id,
        entry.send_at,
        entry.expires_at,
    )
