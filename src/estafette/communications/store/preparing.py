"""Statements that turn an audience into recipients, a stretch of clients at a time, and count them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from estafette.base.database import Transaction, one
from estafette.clients import Condition
from estafette.communications.models.communications import Mode
from estafette.communications.models.content import Channel

_REGISTER: Final = """
    stretch AS MATERIALIZED (
        SELECT * FROM registered_clients
        WHERE id > coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid) ORDER BY id LIMIT $4
    )"""
_LIST: Final = """
    stretch AS MATERIALIZED (
        SELECT c.* FROM (
            SELECT client_id FROM client_list_members
            WHERE list_id = $9 AND client_id > coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid)
            ORDER BY client_id LIMIT $4
        ) m JOIN registered_clients c ON c.id = m.client_id
    )"""
_PREPARE: Final = """
    WITH {source}, chosen AS (
        SELECT c.id, c.email, c.phone, c.whatsapp, c.refused, c.time_zone FROM stretch c WHERE {condition}
    ), possible AS (
        SELECT c.id, w.channel, w.place, z.not_before,
            CASE
                WHEN CASE w.channel WHEN 'email' THEN c.email WHEN 'sms' THEN c.phone ELSE c.whatsapp END IS NULL
                    THEN 'no_address'
                WHEN w.channel = ANY (c.refused) THEN 'refused'
            END AS reason
        FROM chosen c
        CROSS JOIN unnest($2::text[]) WITH ORDINALITY AS w (channel, place)
        LEFT JOIN unnest($6::text[], $7::timestamptz[]) AS z (zone, not_before) ON z.zone = c.time_zone
    ), recipients AS (
        SELECT id, channel, reason, not_before FROM possible WHERE $8 = 'together'
        UNION ALL
        (
            SELECT DISTINCT ON (id) id, channel, reason, not_before FROM possible WHERE $8 = 'ladder'
            ORDER BY id, reason IS NOT NULL, place
        )
    ), stored AS (
        INSERT INTO communication_recipients (communication_id, channel, client_id, state, reason, not_before)
        SELECT $1, channel, id, CASE WHEN reason IS NULL THEN 'waiting' ELSE 'skipped' END, reason,
            coalesce(not_before, $5)
        FROM recipients ORDER BY channel, id
        ON CONFLICT DO NOTHING
        RETURNING channel, state
    ), counted AS (
        INSERT INTO communication_counts AS known (communication_id, channel, status, share, count)
        SELECT $1, channel, upper(state), pg_backend_pid() % 16, count(*) FROM stored
        GROUP BY channel, state ORDER BY channel, state
        ON CONFLICT (communication_id, channel, status, share) DO UPDATE SET count = known.count + excluded.count
    )
    SELECT (SELECT count(*) FROM stretch) AS looked_at, (SELECT count(*) FROM chosen) AS chosen,
        (SELECT id FROM stretch ORDER BY id DESC LIMIT 1) AS last
"""


class Stretch(NamedTuple):
    """How many clients were looked at, how many of them belong to the audience, and who was the last."""

    looked_at: int
    chosen: int
    last: UUID | None


class Plan(NamedTuple):
    """What a stretch needs to know of its communication."""

    communication_id: UUID
    channels: list[Channel]
    mode: Mode
    not_before: datetime
    by_zone: Mapping[str, datetime]
    """For clients of these zones it is another time."""


async def prepare_of_register(
    transaction: Transaction, plan: Plan, after: UUID | None, limit: int, asked: Condition | None
) -> Stretch:
    """Makes recipients of the clients behind one of them, all or those of whom a condition is true.

    Places of the condition are numbered from 9.
    """
    sql = _PREPARE.format(source=_REGISTER, condition=asked.sql if asked else "true")
    return await _prepare(transaction, sql, plan, after, limit, asked.values if asked else [])


async def prepare_of_list(
    transaction: Transaction, plan: Plan, after: UUID | None, limit: int, list_id: UUID
) -> Stretch:
    """The same of the clients on a list."""
    return await _prepare(transaction, _PREPARE.format(source=_LIST, condition="true"), plan, after, limit, [list_id])


async def _prepare(
    transaction: Transaction, sql: str, plan: Plan, after: UUID | None, limit: int, more: list[object]
) -> Stretch:
    row = one(
        await transaction.fetchrow(
            sql,
            plan.communication_id,
            plan.channels,
            after,
            limit,
            plan.not_before,
            list(plan.by_zone),
            list(plan.by_zone.values()),
            plan.mode,
            *more,
        )
    )
    return Stretch(row["looked_at"], row["chosen"], row["last"])


async def note(transaction: Transaction, id_: UUID, to: UUID | None, chosen: int, *, prepared: bool) -> None:
    """Notes how far a communication is prepared."""
    await transaction.execute(
        """
        UPDATE communications SET prepared_to = coalesce($2, prepared_to), clients = clients + $3, prepared = $4
        WHERE id = $1
        """,
        id_,
        to,
        chosen,
        prepared,
    )


async def open_lanes(transaction: Transaction, id_: UUID, channels: list[Channel], now: datetime) -> None:
    """A lane for each channel; each begins behind those that were served before."""
    await transaction.execute(
        """
        INSERT INTO communication_lanes (communication_id, channel, tokens, refilled_at, served_at)
        SELECT $1, channel, 1, $3, $3 FROM unnest($2::text[]) AS channel
        ON CONFLICT DO NOTHING
        """,
        id_,
        channels,
        now,
    )
