"""Statements about calls, as those see them who have something to tell and those who look what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, one
from estafette.webhooks.models import Call


async def add_calls(
    queries: Queries, owner_id: UUID, event: str, payloads: Sequence[dict[str, Any]], at: datetime
) -> bool:
    """One call per payload and enabled webhook of an owner that wants this event; whether there were any."""
    # Locked first, so that one that somebody removes just now is left out instead of failing what it was to be told.
    done = await queries.execute(
        """
        INSERT INTO webhook_calls (id, webhook_id, event, payload, created_at, not_before)
        SELECT gen_random_uuid(), webhooks.id, $2, payload.value, $4, $4
        FROM (
            SELECT id FROM webhooks WHERE owner_id = $1 AND enabled AND $2 = ANY (events) ORDER BY id FOR KEY SHARE
        ) AS webhooks, jsonb_array_elements($3::jsonb) AS payload
        """,
        owner_id,
        event,
        list(payloads),
        at,
    )
    return not done.endswith(" 0")


async def add_call(queries: Queries, webhook_id: UUID, event: str, payload: dict[str, Any], at: datetime) -> Call:
    """One call of one webhook."""
    row = one(
        await queries.fetchrow(
            """
            INSERT INTO webhook_calls (id, webhook_id, event, payload, created_at, not_before)
            VALUES (gen_random_uuid(), $1, $2, $3, $4, $4)
            RETURNING id, event, payload, created_at, not_before, attempts, status, failure, done_at
            """,
            webhook_id,
            event,
            payload,
            at,
        )
    )
    return _call(row)


async def calls(queries: Queries, webhook_id: UUID, before: tuple[datetime, UUID] | None, limit: int) -> list[Call]:
    """Calls of a webhook, newest first."""
    rows = await queries.fetch(
        """
        SELECT id, event, payload, created_at, not_before, attempts, status, failure, done_at
        FROM webhook_calls
        WHERE webhook_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
        ORDER BY created_at DESC, id DESC LIMIT $4
        """,
        webhook_id,
        before[0] if before else None,
        before[1] if before else None,
        limit,
    )
    return [_call(row) for row in rows]


async def forget_calls(queries: Queries, before: datetime) -> None:
    """Removes calls that ended, made before a time."""
    await queries.execute(
        """
        DELETE FROM webhook_calls USING webhooks
        WHERE webhook_calls.webhook_id = webhooks.id AND webhook_calls.created_at < $1
            AND webhook_calls.done_at IS NOT NULL
        """,
        before,
    )


def _call(row: Any) -> Call:
    done = row["done_at"] is not None
    return Call(
        id=row["id"],
        event=row["event"],
        data=row["payload"],
        created_at=row["created_at"],
        state=("given_up" if row["failure"] else "answered") if done else "waiting",
        attempts=row["attempts"],
        status=row["status"],
        failure=row["failure"],
        next_attempt_at=None if done else row["not_before"],
        done_at=row["done_at"],
    )
