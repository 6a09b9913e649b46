"""Statements about batches: opened, stopped, handed in, counted. A batch is locked before its rows of the queue."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction, tuples
from estafette.deliveries.store.accepting import Entry


async def open_(transaction: Transaction, batch_id: UUID) -> None:
    """A batch of which deliveries may go out."""
    await transaction.execute("INSERT INTO delivery_batches (id) VALUES ($1) ON CONFLICT DO NOTHING", batch_id)


async def stop(transaction: Transaction, batch_id: UUID, how: str | None) -> None:
    """Notes that a batch is held or cancelled, or neither any more, and locks it; claims heed it from the commit on."""
    await transaction.execute(
        """
        INSERT INTO delivery_batches (id, stopped) VALUES ($1, $2)
        ON CONFLICT (id) DO UPDATE SET stopped = excluded.stopped
        """,
        batch_id,
        how,
    )


async def hand_in(
    transaction: Transaction, batch_id: UUID, entries: Sequence[tuple[UUID, Entry]], now: datetime
) -> list[int]:
    """Stores deliveries for members of a batch, lets them wait and counts them; their ids, in the same order."""
    rows = await transaction.fetch(
        """
        WITH given AS MATERIALIZED (
            SELECT g.*, nextval('deliveries_id_seq') AS id
            FROM unnest(
                (SELECT $3::uuid[]), $4::uuid[], $5::text[], $6::smallint[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::smallint[], $16::timestamptz[],
                $17::timestamptz[]
            ) WITH ORDINALITY AS g (
                member, owner_id, channel, urgency, sender, recipient, text, subject, html, media, options, encoding,
                segments, send_at, expires_at, position
            )
        ), kept AS (
            INSERT INTO deliveries (
                id, batch_id, batch_member, owner_id, channel, urgency, sender, recipient, text, subject, html, media,
                options, encoding, segments, created_at, changed_at, send_at, expires_at
            )
            SELECT id, $1::uuid, member, owner_id, channel, urgency, sender, recipient, text, subject, html,
                media::jsonb, options::jsonb, encoding, segments, $2::timestamptz, $2, send_at, expires_at
            FROM given
        ), queued AS (
            INSERT INTO delivery_queue (delivery_id, lane, urgency, not_before, expires_at, segments, batch_id)
            SELECT id, channel, urgency, send_at, expires_at, segments, $1 FROM given
        ), counted AS (
            INSERT INTO delivery_batch_counts AS known (batch_id, channel, status, share, count)
            SELECT $1, channel, 'CREATED', pg_backend_pid() % 16, count(*) FROM given
            GROUP BY channel ORDER BY channel
            ON CONFLICT (batch_id, channel, status, share) DO UPDATE SET count = known.count + excluded.count
        )
        SELECT id FROM given ORDER BY position
        """,
        batch_id,
        now,
        *tuples([(member, *_columns(entry)) for member, entry in entries]),
    )
    return [row["id"] for row in rows]


def _columns(entry: Entry) -> tuple[object, ...]:
    new = entry.new
    options = msgspec.json.encode(new.options)
    return (
        new.owner_id,
        new.channel,
        new.urgency,
        new.sender,
        new.recipient,
        new.text,
        new.subject,
        new.html,
        msgspec.json.encode(new.media).decode() if new.media else None,
        options.decode() if options != b"{}" else None,
        entry.encoding,
        entry.segments,
        entry.send_at,
        entry.expires_at,
    )


async def count(transaction: Transaction, changed: Sequence[tuple[UUID, str, str, int]]) -> None:
    """Counts (batch, channel, status, how many more or fewer); rows are taken in one order."""
    await transaction.execute(
        """
        INSERT INTO delivery_batch_counts AS known (batch_id, channel, status, share, count)
        SELECT batch_id, channel, status, pg_backend_pid() % 16, count
        FROM unnest((SELECT $1::uuid[]), $2::text[], $3::text[], $4::bigint[])
            AS given (batch_id, channel, status, count)
        ORDER BY batch_id, channel, status
        ON CONFLICT (batch_id, channel, status, share) DO UPDATE SET count = known.count + excluded.count
        """,
        *tuples(changed),
    )


async def totals(queries: Queries, batch_ids: Sequence[UUID]) -> list[Any]:
    """How many deliveries of batches stand where."""
    return await queries.fetch(
        """
        SELECT batch_id, channel, status, count FROM delivery_batch_totals
        WHERE batch_id = ANY ((SELECT $1::uuid[])::uuid[])
        """,
        list(batch_ids),
    )
