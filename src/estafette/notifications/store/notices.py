"""Statements that notify people of something, many at once, and that end what was seen."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.notifications.models.notices import Kind, Notice
from estafette.notifications.models.settings import Rule

# While a notification is unread, what goes on in its topic moves it up in the list no oftener than this.
MOVED_UP_AFTER: Final = timedelta(seconds=30)
# What is found out so late is shown in the app and bothers nobody elsewhere.
TOO_LATE: Final = timedelta(days=1)


async def put(
    transaction: Transaction,
    kind: Kind,
    notices: Sequence[Notice],
    not_to: Sequence[tuple[UUID, UUID]],
    defaults: Sequence[Rule],
    now: datetime,
) -> Any:
    """Notifies everyone of the parties who wants to be: `people` whose bell changed, `due` when a step is due at once.

    `not_to` are (person, topic). Who has an unread notification of a topic keeps it; the steps of its ladder that were
    taken are due anew after their delay.
    """
    # The sub-selects hide the number of notices from the planner, so that it keeps one plan for all.
    return await transaction.fetchrow(
        """
        WITH given AS MATERIALIZED (
            SELECT party_id, topic_id, min(number) AS number, max(at) AS at, bool_or(urgent) AS urgent
            FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::timestamptz[]), (SELECT $4::bigint[]),
                (SELECT $5::boolean[])) AS notice (party_id, topic_id, at, number, urgent)
            GROUP BY party_id, topic_id
        ), usual AS MATERIALIZED (
            SELECT * FROM unnest($9::text[], $10::boolean[], $11::integer[]) AS usual (channel, enabled, delay_seconds)
        ), notified AS MATERIALIZED (
            SELECT DISTINCT ON (a.person_id, g.topic_id) a.person_id, g.party_id, g.topic_id, g.number, g.at, g.urgent,
                coalesce(x.level, 'all') AS level,
                coalesce(r.enabled, (SELECT enabled FROM usual WHERE channel = 'app')) AS in_app
            FROM given g
            JOIN acting_parties a ON a.party_id = g.party_id
            LEFT JOIN partner_audiences p ON p.partner_id = g.party_id AND p.kind = $8
            LEFT JOIN notification_exceptions x ON x.person_id = a.person_id AND x.topic_id = g.topic_id
                AND (x.until IS NULL OR x.until > $12)
            LEFT JOIN notification_rules r ON r.person_id = a.person_id AND r.kind = $8 AND r.channel = 'app'
            WHERE x.level IS DISTINCT FROM 'nothing'
                AND (p.mode IS NULL OR a.role = 'owner' AND p.mode = 'owners'
                    OR p.mode = 'chosen' AND (a.person_id = ANY (p.people) OR a.role = 'owner' AND NOT EXISTS (
                        -- None of the chosen is there any more: nothing is to go unheard.
                        SELECT FROM acting_parties c WHERE c.party_id = g.party_id AND c.person_id = ANY (p.people)
                    )))
                AND NOT EXISTS (
                    SELECT FROM unnest((SELECT $6::uuid[]), (SELECT $7::uuid[])) AS not_to (person_id, topic_id)
                    WHERE not_to.person_id = a.person_id AND not_to.topic_id = g.topic_id
                )
            ORDER BY a.person_id, g.topic_id, a.role DESC NULLS FIRST
        ), told AS MATERIALIZED (
            -- One look for each: as a join, a plan made while the table was small compares each with all.
            SELECT notified.*, gen_random_uuid() AS new_id, kept.id AS kept_id,
                kept.changed_at < $12 - $13::interval OR notified.urgent AND NOT kept.urgent AS moves_up,
                notified.number < kept.first_number AS begins_before
            FROM notified LEFT JOIN LATERAL (
                SELECT n.id, n.changed_at, n.urgent, n.first_number FROM notifications n
                WHERE n.person_id = notified.person_id AND n.kind = $8 AND n.topic_id = notified.topic_id
                    AND n.read_at IS NULL
                LIMIT 1
            ) AS kept ON true
        ), put AS (
            INSERT INTO notifications (
                id, person_id, kind, topic_id, party_id, first_number, urgent, in_app, created_at, changed_at
            )
            SELECT new_id, person_id, $8, topic_id, party_id, number, urgent, in_app, at, at
            FROM told WHERE kept_id IS NULL ORDER BY person_id, topic_id
            ON CONFLICT (person_id, kind, topic_id) WHERE read_at IS NULL DO NOTHING
            RETURNING id, person_id, in_app
        ), moved_up AS (
            -- Who has one already is written again only now and then.
            UPDATE notifications SET changed_at = greatest(changed_at, $12),
                urgent = urgent OR id IN (SELECT kept_id FROM told WHERE told.urgent)
            WHERE id = ANY (ARRAY(
                SELECT k.id FROM notifications k
                WHERE k.id = ANY (ARRAY(SELECT kept_id FROM told WHERE moves_up))
                ORDER BY k.person_id, k.topic_id FOR NO KEY UPDATE
            ))
            RETURNING person_id, in_app
        ), begun_before AS (
            -- What was reacted to late is not left out.
            UPDATE notifications n SET first_number = least(n.first_number, t.number)
            FROM told t WHERE n.id = t.kept_id AND t.begins_before AND NOT t.moves_up
        ), step AS (
            INSERT INTO notification_steps AS s (notification_id, channel, wanted_at, due_at, delay_seconds)
            SELECT id, channel, at + delay, at + delay, extract(epoch FROM delay) FROM (
                SELECT coalesce(t.kept_id, t.new_id) AS id, u.channel, t.at,
                    make_interval(secs => coalesce(r.delay_seconds, u.delay_seconds)) AS delay
                FROM told t
                JOIN usual u ON u.channel <> 'app'
                LEFT JOIN notification_rules r ON r.person_id = t.person_id AND r.kind = $8 AND r.channel = u.channel
                WHERE t.level = 'all' AND t.at > $12 - $14::interval AND coalesce(r.enabled, u.enabled)
                    AND (t.kept_id IS NOT NULL OR t.new_id IN (SELECT id FROM put))
            ) AS wanted
            ORDER BY id, channel
            -- What is urgent does not wait with what waits for the end of quiet.
            ON CONFLICT (notification_id, channel) DO UPDATE SET due_at = excluded.due_at
                WHERE s.due_at > excluded.due_at
                    AND s.notification_id IN (SELECT coalesce(kept_id, new_id) FROM told WHERE told.urgent)
            RETURNING due_at
        )
        SELECT ARRAY(
                SELECT person_id FROM put WHERE in_app UNION SELECT person_id FROM moved_up WHERE in_app
            ) AS people,
            coalesce((SELECT bool_or(due_at <= $12) FROM step), false) AS due
        """,
        *tuples([(each.party_id, each.topic_id, each.at, each.number, each.urgent) for each in notices]),
        [person for person, _ in not_to],
        [topic for _, topic in not_to],
        kind,
        [each.channel for each in defaults],
        [each.enabled for each in defaults],
        [each.delay_seconds for each in defaults],
        now,
        MOVED_UP_AFTER,
        TOO_LATE,
    )


async def lock_topics(transaction: Transaction, topics: Sequence[UUID], *, alone: bool) -> None:
    """Until the transaction ends, who notifies people of a topic is `alone` with it; those who read it share it."""
    await transaction.execute(
        """
        SELECT CASE WHEN $2 THEN pg_advisory_xact_lock(key) ELSE pg_advisory_xact_lock_shared(key) END
        FROM (
            SELECT DISTINCT hashtextextended(topic::text, 0) AS key FROM unnest($1::uuid[]) AS topic ORDER BY key
        ) AS topics
        """,
        topics,
        alone,
    )


async def mark_read(
    queries: Queries, kinds: Sequence[Kind], topic_id: UUID, person_id: UUID | None, now: datetime
) -> list[UUID]:
    """Ends what is unread of a topic, for one person or for all, and its ladder; whose bell changed."""
    rows = await queries.fetch(
        """
        WITH unread AS MATERIALIZED (
            SELECT id FROM notifications
            WHERE topic_id = $2 AND kind = ANY ($1::text[]) AND read_at IS NULL
                AND ($3::uuid IS NULL OR person_id = $3)
            ORDER BY person_id, topic_id FOR NO KEY UPDATE
        ), gone AS (
            DELETE FROM notification_steps WHERE notification_id = ANY (ARRAY(SELECT id FROM unread))
        )
        UPDATE notifications SET read_at = $4 WHERE id = ANY (ARRAY(SELECT id FROM unread)) RETURNING person_id, in_app
        """,
        kinds,
        topic_id,
        person_id,
        now,
    )
    return [row["person_id"] for row in rows if row["in_app"]]


async def mark_read_by_parties(
    queries: Queries, kind: Kind, settled: Sequence[tuple[UUID, UUID]], now: datetime
) -> list[UUID]:
    """Ends what is unread of each (party, topic) for all who are notified as that party; whose bell changed."""
    rows = await queries.fetch(
        """
        WITH unread AS MATERIALIZED (
            SELECT n.id FROM unnest((SELECT $2::uuid[]), (SELECT $3::uuid[])) AS given (party_id, topic_id)
            JOIN notifications n ON n.topic_id = given.topic_id AND n.kind = $1 AND n.read_at IS NULL
                AND n.party_id = given.party_id
            ORDER BY n.person_id, n.topic_id FOR NO KEY UPDATE OF n
        ), gone AS (
            DELETE FROM notification_steps WHERE notification_id = ANY (ARRAY(SELECT id FROM unread))
        )
        UPDATE notifications SET read_at = $4 WHERE id = ANY (ARRAY(SELECT id FROM unread)) RETURNING person_id, in_app
        """,
        kind,
        *tuples(settled),
        now,
    )
    return [row["person_id"] for row in rows if row["in_app"]]


async def unread_of(
    queries: Queries, kind: Kind, topics: Sequence[UUID], after: UUID | None, limit: int | None
) -> list[tuple[UUID, UUID, UUID, int]]:
    """(person, party, topic, first number) of what is unread of topics, at most `limit` people beyond `after`."""
    rows = await queries.fetch(
        """
        SELECT person_id, party_id, topic_id, first_number FROM notifications
        WHERE topic_id = ANY ((SELECT $2::uuid[])::uuid[]) AND kind = $1 AND read_at IS NULL
            AND ($3::uuid IS NULL OR person_id > $3)
        ORDER BY person_id LIMIT $4
        """,
        kind,
        topics,
        after,
        limit,
    )
    return [tuple(row) for row in rows]


async def mark_read_by_people(
    queries: Queries, kind: Kind, settled: Sequence[tuple[UUID, UUID]], now: datetime
) -> list[UUID]:
    """Ends what is unread of each (person, topic), and its ladder; whose bell changed."""
    rows = await queries.fetch(
        """
        WITH unread AS MATERIALIZED (
            SELECT n.id FROM unnest((SELECT $2::uuid[]), (SELECT $3::uuid[])) AS given (person_id, topic_id)
            JOIN notifications n ON n.topic_id = given.topic_id AND n.kind = $1 AND n.read_at IS NULL
                AND n.person_id = given.person_id
            ORDER BY n.person_id, n.topic_id FOR NO KEY UPDATE OF n
        ), gone AS (
            DELETE FROM notification_steps WHERE notification_id = ANY (ARRAY(SELECT id FROM unread))
        )
        UPDATE notifications SET read_at = $4 WHERE id = ANY (ARRAY(SELECT id FROM unread)) RETURNING person_id, in_app
        """,
        kind,
        *tuples(settled),
        now,
    )
    return [row["person_id"] for row in rows if row["in_app"]]
