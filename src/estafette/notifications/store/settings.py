"""Statements about what people want to be notified of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction, tuples
from estafette.notifications.models.notices import Kind
from estafette.notifications.models.settings import Level, NotificationChannel, Quiet, Rule, TopicException


async def quiet_of(queries: Queries, people: Sequence[UUID]) -> dict[UUID, Quiet]:
    """When people want quiet; who wants none is missing."""
    rows = await queries.fetch(
        """
        SELECT person_id, quiet_from, quiet_until, d.person_id IS NOT NULL AS do_not_disturb,
            d.until AS do_not_disturb_until
        FROM unnest((SELECT $1::uuid[])) AS given (person_id)
        LEFT JOIN notification_settings USING (person_id)
        LEFT JOIN do_not_disturb d USING (person_id)
        WHERE quiet_from IS NOT NULL OR d.person_id IS NOT NULL
        """,
        people,
    )
    return {row["person_id"]: Quiet(**{name: row[name] for name in Quiet.__struct_fields__}) for row in rows}


async def lock(transaction: Transaction, person_id: UUID) -> Quiet:
    """The quiet hours of a person, about to be changed."""
    await transaction.execute(
        "INSERT INTO notification_settings (person_id) VALUES ($1) ON CONFLICT (person_id) DO NOTHING", person_id
    )
    row = await transaction.fetchrow(
        "SELECT quiet_from, quiet_until FROM notification_settings WHERE person_id = $1 FOR UPDATE", person_id
    )
    return Quiet(**row) if row else Quiet()


async def keep_quiet(transaction: Transaction, person_id: UUID, quiet: Quiet) -> None:
    """Stores the quiet hours of a person whose row is locked."""
    await transaction.execute(
        "UPDATE notification_settings SET quiet_from = $2, quiet_until = $3 WHERE person_id = $1",
        person_id,
        quiet.quiet_from,
        quiet.quiet_until,
    )


async def rules_of(queries: Queries, people: Sequence[UUID], kind: Kind | None = None) -> dict[UUID, list[Rule]]:
    """Where people differ from the defaults."""
    rows = await queries.fetch(
        """
        SELECT person_id, kind, channel, enabled, delay_seconds FROM notification_rules
        WHERE person_id = ANY ((SELECT $1::uuid[])::uuid[]) AND ($2::text IS NULL OR kind = $2)
        """,
        people,
        kind,
    )
    found: dict[UUID, list[Rule]] = {}
    for row in rows:
        rule = Rule(
            kind=row["kind"], channel=row["channel"], enabled=row["enabled"], delay_seconds=row["delay_seconds"]
        )
        found.setdefault(row["person_id"], []).append(rule)
    return found


async def keep_rules(transaction: Transaction, person_id: UUID, rules: Sequence[Rule]) -> None:
    """Stores rules of a person."""
    await transaction.execute(
        """
        INSERT INTO notification_rules (person_id, kind, channel, enabled, delay_seconds)
        SELECT $1, kind, channel, enabled, delay_seconds
        FROM unnest($2::text[], $3::text[], $4::boolean[], $5::integer[])
            AS given (kind, channel, enabled, delay_seconds)
        ORDER BY kind, channel
        ON CONFLICT (person_id, kind, channel) DO UPDATE
            SET enabled = excluded.enabled, delay_seconds = excluded.delay_seconds
        """,
        person_id,
        *tuples([(each.kind, each.channel, each.enabled, each.delay_seconds) for each in rules]),
    )


async def drop_steps(transaction: Transaction, person_id: UUID, kind: Kind, channel: NotificationChannel) -> None:
    """Ends the steps that a person does not want any more; a kind of which the bell is off goes out all the same."""
    await transaction.execute(
        """
        DELETE FROM notification_steps USING notifications n
        WHERE n.id = notification_id AND n.person_id = $1 AND n.kind = $2 AND n.read_at IS NULL
            AND notification_steps.channel = $3
        """,
        person_id,
        kind,
        channel,
    )


async def exception_of(queries: Queries, person_id: UUID, topic_id: UUID, now: datetime) -> TopicException:
    """How much a person is notified of a topic."""
    row = await queries.fetchrow(
        """
        SELECT level, until FROM notification_exceptions
        WHERE person_id = $1 AND topic_id = $2 AND (until IS NULL OR until > $3)
        """,
        person_id,
        topic_id,
        now,
    )
    if row is None:
        return TopicException(topic_id=topic_id, level="all", until=None)
    return TopicException(topic_id=topic_id, level=msgspec.convert(row["level"], Level), until=row["until"])


async def keep_exception(
    transaction: Transaction, person_id: UUID, topic_id: UUID, level: Level, until: datetime | None
) -> None:
    """Stores how much a person wants to be notified of a topic, and ends the steps that are still to come for it."""
    await transaction.execute(
        """
        WITH gone AS (
            DELETE FROM notification_steps USING notifications n
            WHERE n.id = notification_id AND n.person_id = $1 AND n.topic_id = $2 AND n.read_at IS NULL
        )
        INSERT INTO notification_exceptions (person_id, topic_id, level, until) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person_id, topic_id) DO UPDATE SET level = excluded.level, until = excluded.until
        """,
        person_id,
        topic_id,
        level,
        until,
    )


async def forget_exception(transaction: Transaction, person_id: UUID, topic_id: UUID) -> None:
    """Lets a person be notified of a topic as of all others."""
    await transaction.execute(
        "DELETE FROM notification_exceptions WHERE person_id = $1 AND topic_id = $2", person_id, topic_id
    )


async def count_exceptions(queries: Queries, person_id: UUID) -> int:
    """How many topics a person has settled."""
    return await queries.fetchval("SELECT count(*) FROM notification_exceptions WHERE person_id = $1", person_id)
