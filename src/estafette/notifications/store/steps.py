"""Statements about the steps of ladders: claimed by any number of workers, gone in the transaction that takes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction, tuples
from estafette.notifications.models.notices import Kind, OutgoingChannel

ATTEMPTS: Final = 20


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step that is due: of which notification, by which channel.

    It was taken `times_taken` times, which told what comes up to `told`. Nothing is told by it that is younger than
    `delay_seconds`.
    """

    id: UUID
    channel: OutgoingChannel
    person_id: UUID
    kind: Kind
    topic_id: UUID
    party_id: UUID
    first_number: int
    urgent: bool
    delay_seconds: int
    times_taken: int
    told: int


class TakenStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step that was taken: by which deliveries, or why by none."""

    id: UUID
    channel: OutgoingChannel
    ordinal: int
    outcome: str
    last_number: int
    deliveries: tuple[int, ...] = ()


async def claim(transaction: Transaction, now: datetime, limit: int) -> list[Step]:
    """Locks at most `limit` due steps with their notifications, the longest due first; seen ones are not due."""
    rows = await transaction.fetch(
        """
        SELECT n.id, s.channel, n.person_id, n.kind, n.topic_id, n.party_id, n.first_number, n.urgent,
            s.delay_seconds, coalesce(t.ordinal, 0) AS times_taken, coalesce(t.last_number, 0) AS told
        FROM notification_steps s
        JOIN notifications n ON n.id = s.notification_id AND n.read_at IS NULL
        LEFT JOIN LATERAL (
            SELECT ordinal, last_number FROM notification_taken_steps
            WHERE notification_id = s.notification_id AND channel = s.channel ORDER BY ordinal DESC LIMIT 1
        ) AS t ON true
        WHERE s.due_at <= $1 AND s.attempts < $3
        ORDER BY s.due_at LIMIT $2 FOR UPDATE OF s, n SKIP LOCKED
        """,
        now,
        limit,
        ATTEMPTS,
    )
    return [Step(**row) for row in rows]


async def remove(transaction: Transaction, steps: Sequence[Step]) -> None:
    """Takes steps off the ladder."""
    await transaction.execute(
        """
        DELETE FROM notification_steps USING unnest($1::uuid[], $2::text[]) AS given (id, channel)
        WHERE notification_id = given.id AND notification_steps.channel = given.channel
        """,
        *tuples([(each.id, each.channel) for each in steps]),
    )


async def put_off(queries: Queries, waits: Sequence[tuple[Step, datetime]]) -> None:
    """Lets steps wait until a time."""
    await queries.execute(
        """
        UPDATE notification_steps SET due_at = given.until
        FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS given (id, channel, until)
        WHERE notification_id = given.id AND notification_steps.channel = given.channel
        """,
        *tuples([(step.id, step.channel, until) for step, until in waits]),
    )


async def wake(queries: Queries, people: Sequence[UUID]) -> None:
    """Lets what was put off for people be due when it was wanted: their quiet may be another one now."""
    await queries.execute(
        """
        UPDATE notification_steps SET due_at = wanted_at
        FROM notifications n
        WHERE n.id = notification_id AND n.person_id = ANY ((SELECT $1::uuid[])::uuid[]) AND n.read_at IS NULL
            AND due_at > wanted_at
        """,
        people,
    )


async def remove_of_read(queries: Queries) -> None:
    """Takes steps off that were made in the moment in which their notification was read."""
    await queries.execute(
        """
        DELETE FROM notification_steps USING notifications n
        WHERE n.id = notification_id AND n.read_at IS NOT NULL AND due_at < now() - interval '1 hour'
        """
    )


async def remove_due(queries: Queries, now: datetime) -> int:
    """Takes all steps off that are due; returns how many."""
    rows = await queries.fetch("DELETE FROM notification_steps WHERE due_at <= $1 RETURNING notification_id", now)
    return len(rows)


async def failed(queries: Queries, steps: Sequence[Step], failure: str, now: datetime) -> None:
    """Puts steps off after a failure: 1 s, 2 s, 4 s … up to 10 minutes; after 20 attempts a person must look."""
    await queries.execute(
        """
        UPDATE notification_steps SET attempts = attempts + 1, failure = $3,
            due_at = $4::timestamptz + least(interval '10 minutes', interval '1 second' * power(2, least(attempts, 12)))
        FROM unnest($1::uuid[], $2::text[]) AS given (id, channel)
        WHERE notification_id = given.id AND notification_steps.channel = given.channel
        """,
        *tuples([(each.id, each.channel) for each in steps]),
        failure[:500],
        now,
    )


async def stuck(queries: Queries) -> int:
    """How many steps have used up their attempts."""
    return await queries.fetchval("SELECT count(*) FROM notification_steps WHERE attempts >= $1", ATTEMPTS)


async def add_taken_steps(transaction: Transaction, taken: Sequence[TakenStep], now: datetime) -> None:
    """Keeps how steps were taken."""
    await transaction.execute(
        """
        INSERT INTO notification_taken_steps (notification_id, channel, ordinal, at, outcome, last_number, deliveries)
        SELECT id, channel, ordinal, $7, outcome, last_number,
            ARRAY(SELECT value::bigint FROM jsonb_array_elements_text(deliveries::jsonb) AS value)
        FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::text[], $5::bigint[], $6::text[])
            AS given (id, channel, ordinal, outcome, last_number, deliveries)
        """,
        *tuples(
            [
                # As text: a list in a column of lists would be taken for a second dimension.
                (each.id, each.channel, each.ordinal, each.outcome, each.last_number, _listed(each.deliveries))
                for each in taken
            ]
        ),
        now,
    )


def _listed(ids: Sequence[int]) -> str:
    return msgspec.json.encode(ids).decode()
