"""The statement of accepting: earlier keys and quotas are looked up, deliveries stored, queued and counted in one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from estafette.base.database import Queries, tuples
from estafette.deliveries.models.deliveries import Encoding, NewDelivery


class Entry(msgspec.Struct, frozen=True):
    """A delivery about to be stored, with what was found out about it."""

    new: NewDelivery
    encoding: Encoding | None
    segments: int
    send_at: datetime
    expires_at: datetime


async def accept(
    queries: Queries,
    entries: Sequence[Entry],
    now: datetime,
    *,
    counted: bool,
    most_deliveries: int = 0,
    most_bytes: int = 0,
) -> list[Any]:
    """Stores what can be stored, lets it wait for a gateway, and tells of each, in their order, what became of it.

    Those that are `counted` are so for the quotas of their owners, who may not hand over more in a day than
    `most_deliveries` with `most_bytes` of text (0: no limit).

    `made_id`: of the delivery that it became, None if it was not stored; `fits`: whether there was room for it and no
    delivery with its key; the other columns are those of the delivery that has its key already. Not stored although it
    fits is what has no room beside those of its owner that come before it. No key may occur twice.

    Raises UniqueViolationError when a key was taken meanwhile.
    """
    # No two lists are joined here: the planner knows nothing of their lengths, and would compare each with each.
    return await queries.fetch(
        """
        WITH looked AS (
            SELECT g.*, octet_length(concat(g.text, g.subject, g.html)) AS bytes,
                coalesce(u.deliveries, 0) AS used_deliveries, coalesce(u.bytes, 0) AS used_bytes, first.id AS first_id
            FROM unnest(
                (SELECT $1::uuid[]), $2::text[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::smallint[], $14::uuid[],
                $15::timestamptz[], $16::timestamptz[]
            ) WITH ORDINALITY AS g (
                owner_id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding,
                segments, only_gateway_id, send_at, expires_at, position
            )
            LEFT JOIN LATERAL (
                SELECT x.deliveries, x.bytes FROM daily_usage x WHERE x.person_id = g.owner_id AND x.day = $18 LIMIT 1
            ) AS u ON true
            LEFT JOIN LATERAL (
                SELECT d.id FROM deliveries d WHERE d.owner_id = g.owner_id AND d.key = g.key LIMIT 1
            ) AS first ON true
        ), fitting AS (
            SELECT *, first_id IS NULL
                AND NOT ($20 > 0 AND used_deliveries >= $20)
                AND NOT ($21 > 0 AND bytes > 0 AND used_bytes + bytes > $21) AS fits
            FROM looked
        ), judged AS (
            SELECT *, fits
                AND NOT ($20 > 0 AND used_deliveries + count(*) OVER before > $20)
                AND NOT ($21 > 0 AND bytes > 0 AND used_bytes + sum(bytes) OVER before > $21) AS stored
            FROM fitting
            WINDOW before AS (PARTITION BY owner_id, fits ORDER BY position)
            ORDER BY position
        ), given AS MATERIALIZED (
            SELECT *, CASE WHEN stored THEN nextval('deliveries_id_seq') END AS id FROM judged
        ), kept AS (
            INSERT INTO deliveries (
                id, owner_id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding,
                segments, only_gateway_id, created_at, changed_at, send_at, expires_at
            )
            SELECT id, owner_id, key, channel, urgency, sender, recipient, text, subject, html, media::jsonb,
                options::jsonb, encoding, segments, only_gateway_id, $17::timestamptz, $17, send_at, expires_at
            FROM given WHERE stored
        ), queued AS (
            INSERT INTO delivery_queue (delivery_id, lane, urgency, not_before, expires_at, segments)
            SELECT id, coalesce(only_gateway_id::text, channel), urgency, send_at, expires_at, segments
            FROM given WHERE stored
        ), totals AS (
            INSERT INTO delivery_totals AS t (owner_id, channel, share, count)
            SELECT owner_id, channel, pg_backend_pid() % 16, count(*) FROM given WHERE stored
            -- In one order, so that two who accept for the same owners do not wait for each other in a circle.
            GROUP BY owner_id, channel ORDER BY owner_id, channel
            ON CONFLICT (owner_id, channel, share) DO UPDATE SET count = t.count + excluded.count
        ), used AS MATERIALIZED (
            SELECT count_usage(
                $18, array_agg(owner_id), array_agg(0::bigint), array_agg(deliveries), array_agg(bytes)
            )
            FROM (
                SELECT owner_id, count(*) AS deliveries, sum(bytes)::bigint AS bytes
                FROM given WHERE $19 AND stored GROUP BY owner_id
            ) AS each
        )
        SELECT given.id AS made_id, given.fits, first.only_gateway_id, first.id, first.key, first.channel,
            first.urgency, first.sender, first.recipient, first.text, first.subject, first.html, first.media,
            first.options, first.encoding, first.segments, first.status, first.reason, first.events, first.attempts,
            first.gateway_id, first.created_at, first.changed_at, first.send_at, first.expires_at
        FROM given
        LEFT JOIN LATERAL (SELECT * FROM deliveries d WHERE d.id = given.first_id LIMIT 1) AS first ON true
        CROSS JOIN used
        ORDER BY given.position
        """,
        *tuples([_columns(each) for each in entries]),
        now,
        now.date(),
        counted,
        most_deliveries,
        most_bytes,
    )


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
