"""Statements about browsers that want to be told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries
from estafette.deliveries.models.parcels import Subscription


async def put(
    queries: Queries, id_: UUID, person_id: UUID, subscription: Subscription, label: str, at: datetime
) -> Any:
    """Adds a browser; one whose endpoint is there already gets these keys, and belongs to this person from now on.

    Its id becomes another one with another person: what was meant for the first is not told to the second.
    """
    return await queries.fetchrow(
        """
        INSERT INTO push_subscriptions AS kept (id, person_id, endpoint, p256dh, auth, label, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (endpoint) DO UPDATE SET
            id = CASE WHEN kept.person_id = excluded.person_id THEN kept.id ELSE excluded.id END,
            person_id = excluded.person_id, p256dh = excluded.p256dh, auth = excluded.auth, label = excluded.label
        RETURNING id, label, endpoint, created_at
        """,
        id_,
        person_id,
        subscription.endpoint,
        subscription.p256dh,
        subscription.auth,
        label,
        at,
    )


async def of_person(queries: Queries, person_id: UUID) -> list[Any]:
    """A person's browsers, oldest first."""
    return await queries.fetch(
        "SELECT id, label, endpoint, created_at FROM push_subscriptions WHERE person_id = $1 ORDER BY created_at, id",
        person_id,
    )


async def keep_newest(queries: Queries, person_id: UUID, most: int) -> None:
    """Removes a person's oldest browsers beyond a number."""
    await queries.execute(
        """
        DELETE FROM push_subscriptions WHERE id IN (
            SELECT id FROM push_subscriptions WHERE person_id = $1 ORDER BY created_at DESC, id DESC OFFSET $2
        )
        """,
        person_id,
        most,
    )


async def belongs(queries: Queries, person_id: UUID, id_: UUID) -> bool:
    """Whether a browser is this person's."""
    return bool(
        await queries.fetchval("SELECT true FROM push_subscriptions WHERE id = $2 AND person_id = $1", person_id, id_)
    )


async def delete(queries: Queries, person_id: UUID, id_: UUID) -> bool:
    """Removes a person's browser; whether it was there."""
    return bool(
        await queries.fetchval(
            "DELETE FROM push_subscriptions WHERE id = $2 AND person_id = $1 RETURNING true", person_id, id_
        )
    )


async def delete_all(queries: Queries, person_id: UUID, until: datetime) -> None:
    """Removes the browsers that a person has let be told until then."""
    await queries.execute("DELETE FROM push_subscriptions WHERE person_id = $1 AND created_at <= $2", person_id, until)


async def gateway(queries: Queries, transport: str) -> Any:
    """The first gateway of a transport that is in use, with its sealed credentials."""
    return await queries.fetchrow(
        """
        SELECT id, credentials FROM gateways
        WHERE transport = $1 AND enabled AND removed_at IS NULL ORDER BY priority, name_key LIMIT 1
        """,
        transport,
    )
