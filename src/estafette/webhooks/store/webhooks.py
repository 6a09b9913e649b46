"""Statements about webhooks themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries
from estafette.webhooks.models import Webhook


async def insert(queries: Queries, owner_id: UUID, webhook: Webhook, sealed_secret: bytes, most: int) -> bool:
    """Adds a webhook; whether there was room for it."""
    return bool(
        await queries.fetchval(
            """
            INSERT INTO webhooks (id, owner_id, url, events, secret, enabled, created_at)
            SELECT $1, $2, $3, $4, $5, true, $6
            WHERE (SELECT count(*) FROM webhooks WHERE owner_id = $2) < $7
            RETURNING true
            """,
            webhook.id,
            owner_id,
            webhook.url,
            webhook.events,
            sealed_secret,
            webhook.created_at,
            most,
        )
    )


async def webhooks_of(queries: Queries, owner_id: UUID) -> list[Webhook]:
    """An owner's webhooks, oldest first."""
    rows = await queries.fetch(
        """
        SELECT id, url, events, enabled, failures, created_at,
            CASE WHEN NOT enabled THEN disabled_at END AS disabled_at
        FROM webhooks WHERE owner_id = $1 ORDER BY id
        """,
        owner_id,
    )
    return [Webhook(**row) for row in rows]


async def sealed(queries: Queries) -> list[Any]:
    """Every webhook that is switched on: id, and its secret, encrypted."""
    return await queries.fetch("SELECT id, secret FROM webhooks WHERE enabled ORDER BY id")


async def exists(queries: Queries, owner_id: UUID, id_: UUID) -> bool:
    """Whether an owner has this webhook."""
    return bool(await queries.fetchval("SELECT true FROM webhooks WHERE id = $2 AND owner_id = $1", owner_id, id_))


async def lock(queries: Queries, owner_id: UUID, id_: UUID) -> Webhook | None:
    """One webhook of an owner, about to be changed."""
    row = await queries.fetchrow(
        """
        SELECT id, url, events, enabled, failures, created_at,
            CASE WHEN NOT enabled THEN disabled_at END AS disabled_at
        FROM webhooks WHERE id = $2 AND owner_id = $1 FOR UPDATE
        """,
        owner_id,
        id_,
    )
    return Webhook(**row) if row else None


async def update(queries: Queries, webhook: Webhook) -> None:
    """Stores another address and other events."""
    await queries.execute(
        "UPDATE webhooks SET url = $2, events = $3 WHERE id = $1", webhook.id, webhook.url, webhook.events
    )


async def enable(queries: Queries, id_: UUID) -> None:
    """Switches a webhook on; when it was last switched off stays known: failures before that do not count any more."""
    await queries.execute("UPDATE webhooks SET enabled = true, failures = 0 WHERE id = $1", id_)


async def disable(queries: Queries, id_: UUID, at: datetime) -> None:
    """Switches a webhook off; what was waiting for it is given up."""
    await queries.execute(
        """
        WITH off AS (UPDATE webhooks SET enabled = false, disabled_at = $2 WHERE id = $1 RETURNING id)
        UPDATE webhook_calls SET done_at = $2, failure = 'switched off'
        WHERE webhook_id = (SELECT id FROM off) AND done_at IS NULL
        """,
        id_,
        at,
    )


async def delete(queries: Queries, owner_id: UUID, id_: UUID) -> bool:
    """Removes a webhook and its calls; whether there was one."""
    return bool(
        await queries.fetchval("DELETE FROM webhooks WHERE id = $2 AND owner_id = $1 RETURNING true", owner_id, id_)
    )
