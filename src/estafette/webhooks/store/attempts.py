"""Statements about calls that are being made."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries
from estafette.webhooks.models import Answer, Attempt


async def claim(
    queries: Queries, limit: int, busy: Sequence[UUID], now: datetime, lease_until: datetime
) -> list[Attempt]:
    """Takes calls that are due, none of the busy webhooks; whoever dies with one leaves it due after the lease."""
    rows = await queries.fetch(
        """
        UPDATE webhook_calls SET attempts = attempts + 1, not_before = $4
        FROM webhooks
        WHERE webhooks.id = webhook_calls.webhook_id AND webhook_calls.id = ANY (ARRAY(
            SELECT id FROM webhook_calls
            WHERE done_at IS NULL AND not_before <= $3 AND webhook_id <> ALL ($2::uuid[])
            ORDER BY not_before LIMIT $1 FOR UPDATE SKIP LOCKED
        ))
        RETURNING webhook_calls.id AS call_id, webhook_id, url, secret AS sealed_secret, event, payload AS data,
            webhook_calls.created_at, attempts AS number
        """,
        limit,
        list(busy),
        now,
        lease_until,
    )
    return [Attempt(**row) for row in rows]


async def succeeded(queries: Queries, attempt: Attempt, answer: Answer, at: datetime) -> None:
    """The receiver has taken a call."""
    await queries.execute(
        """
        WITH call AS (
            UPDATE webhook_calls SET status = $3, failure = NULL, done_at = $4 WHERE id = $1 AND done_at IS NULL
        )
        UPDATE webhooks SET failures = 0 WHERE id = $2 AND failures > 0
        """,
        attempt.call_id,
        attempt.webhook_id,
        answer.status,
        at,
    )


async def failed(queries: Queries, attempt: Attempt) -> None:
    """A webhook has failed once more in a row."""
    await queries.execute("UPDATE webhooks SET failures = failures + 1 WHERE id = $1", attempt.webhook_id)


async def retry(queries: Queries, attempt: Attempt, answer: Answer, not_before: datetime) -> None:
    """A call has failed and is made again later."""
    await queries.execute(
        "UPDATE webhook_calls SET status = $2, failure = $3, not_before = $4 WHERE id = $1 AND done_at IS NULL",
        attempt.call_id,
        answer.status,
        answer.failure,
        not_before,
    )


async def give_up(queries: Queries, attempt: Attempt, answer: Answer, at: datetime) -> None:
    """A call has failed for the last time."""
    await queries.execute(
        "UPDATE webhook_calls SET status = $2, failure = $3, done_at = $4 WHERE id = $1 AND done_at IS NULL",
        attempt.call_id,
        answer.status,
        answer.failure,
        at,
    )


async def disable_if_dead(queries: Queries, webhook_id: UUID, at: datetime, failing_since: datetime) -> bool:
    """Switches a webhook off which has failed since a time and answered nothing since; whether it did.

    Failures from before it was last switched off do not count.
    """
    return bool(
        await queries.fetchval(
            """
            WITH dead AS (
                UPDATE webhooks SET enabled = false, disabled_at = $2
                WHERE id = $1 AND enabled AND EXISTS (
                    SELECT FROM webhook_calls AS failure
                    WHERE failure.webhook_id = $1 AND failure.created_at <= $3 AND failure.failure IS NOT NULL
                        AND failure.created_at > coalesce(webhooks.disabled_at, '-infinity')
                        AND NOT EXISTS (
                            SELECT FROM webhook_calls AS answer
                            WHERE answer.webhook_id = $1 AND answer.done_at >= failure.created_at
                                AND answer.failure IS NULL
                        )
                )
                RETURNING id
            ), given_up AS (
                UPDATE webhook_calls SET done_at = $2, failure = coalesce(failure, 'switched off')
                WHERE webhook_id = (SELECT id FROM dead) AND done_at IS NULL
            )
            SELECT true FROM dead
            """,
            webhook_id,
            at,
            failing_since,
        )
    )
