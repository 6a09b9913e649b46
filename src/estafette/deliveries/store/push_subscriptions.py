"""Statements about sessions that want to be told, at the browsers they are in.

A subscription whose session has ended has ended with it, whoever or whatever ended that: each statement that looks for
one looks for its open session. What is left of ended ones is removed now and then.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.deliveries.models.messages import Subscription


async def put(
    transaction: Transaction, id_: UUID, session_id: UUID, subscription: Subscription, label: str, at: datetime
) -> Any:
    """Subscribes a session at its browser; an endpoint that is there already gets these keys.

    A browser has one session at a time. With another one, of whomever, the subscription gets another id: what was
    meant for the first is not told to the second.
    """
    return await transaction.fetchrow(
        """
        WITH browser AS (
            INSERT INTO push_endpoints (id, endpoint, p256dh, auth, changed_at) VALUES ($1, $3, $4, $5, $7)
            ON CONFLICT (endpoint) DO UPDATE SET
                p256dh = excluded.p256dh, auth = excluded.auth, changed_at = excluded.changed_at
            RETURNING id, endpoint
        )
        INSERT INTO push_subscriptions AS kept (id, endpoint_id, session_id, label, created_at)
        SELECT $1, browser.id, $2, $6, $7 FROM browser
        ON CONFLICT (endpoint_id) DO UPDATE SET
            id = CASE WHEN kept.session_id = excluded.session_id THEN kept.id ELSE excluded.id END,
            created_at =
                CASE WHEN kept.session_id = excluded.session_id THEN kept.created_at ELSE excluded.created_at END,
            session_id = excluded.session_id, label = excluded.label
        RETURNING id, label, (SELECT endpoint FROM browser) AS endpoint, created_at
        """,
        id_,
        session_id,
        subscription.endpoint,
        subscription.p256dh,
        subscription.auth,
        label,
        at,
    )


async def of_person(queries: Queries, person_id: UUID, now: datetime) -> list[Any]:
    """The subscriptions of a person's open sessions, oldest first."""
    return await queries.fetch(
        """
        SELECT p.id, p.label, e.endpoint, p.created_at
        FROM open_sessions s
        JOIN push_subscriptions p ON p.session_id = s.id
        JOIN push_endpoints e ON e.id = p.endpoint_id
        WHERE s.person_id = $1 AND s.expires_at > $2
        ORDER BY p.created_at, p.id
        """,
        person_id,
        now,
    )


async def keep_newest(transaction: Transaction, person_id: UUID, most: int) -> None:
    """Removes a person's oldest subscriptions beyond a number."""
    await transaction.execute(
        """
        DELETE FROM push_subscriptions WHERE id IN (
            SELECT p.id FROM push_subscriptions p JOIN open_sessions s ON s.id = p.session_id
            WHERE s.person_id = $1 ORDER BY p.created_at DESC, p.id DESC OFFSET $2
        )
        """,
        person_id,
        most,
    )


async def belongs(queries: Queries, person_id: UUID, id_: UUID, now: datetime) -> bool:
    """Whether a subscription is this person's."""
    return bool(
        await queries.fetchval(
            """
            SELECT true FROM push_subscriptions p JOIN open_sessions s ON s.id = p.session_id
            WHERE p.id = $2 AND s.person_id = $1 AND s.expires_at > $3
            """,
            person_id,
            id_,
            now,
        )
    )


async def delete(transaction: Transaction, person_id: UUID, id_: UUID, now: datetime) -> bool:
    """Ends a person's subscription; whether it was there."""
    return bool(
        await transaction.fetchval(
            """
            DELETE FROM push_subscriptions p USING open_sessions s
            WHERE p.id = $2 AND s.id = p.session_id AND s.person_id = $1 AND s.expires_at > $3
            RETURNING true
            """,
            person_id,
            id_,
            now,
        )
    )


async def delete_ended(queries: Queries, now: datetime) -> None:
    """Removes subscriptions whose session has ended."""
    await queries.execute(
        """
        DELETE FROM push_subscriptions p
        WHERE NOT EXISTS (SELECT FROM open_sessions s WHERE s.id = p.session_id AND s.expires_at > $1)
        """,
        now,
    )


async def delete_unused_endpoints(queries: Queries, unchanged_since: datetime) -> None:
    """Removes endpoints that nobody subscribes to; not one that somebody may be subscribing to just now."""
    await queries.execute(
        """
        DELETE FROM push_endpoints e
        WHERE e.changed_at < $1 AND NOT EXISTS (SELECT FROM push_subscriptions p WHERE p.endpoint_id = e.id)
        """,
        unchanged_since,
    )


async def gateway(queries: Queries, transport: str) -> Any:
    """The first gateway of a transport that is in use, with its sealed credentials."""
    return await queries.fetchrow(
        """
        SELECT id, credentials FROM gateways
        WHERE transport = $1 AND enabled AND removed_at IS NULL ORDER BY priority, name_key LIMIT 1
        """,
        transport,
    )
