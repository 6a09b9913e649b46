"""Browsers whose session wants to be told by push messages, without a push service behind them."""

from typing import Any
from uuid import UUID, uuid4

from estafette import accounts
from estafette.accounts.credentials import digest
from estafette.base.database import Database
from estafette.base.ids import new_id


async def session_of(database: Database, person: UUID, secret: str = "") -> UUID:
    """An open session of somebody, without the work of signing in; its cookie holds the secret."""
    id_ = new_id()
    await database.execute(
        "INSERT INTO sessions (id, person_id, token_hash, created_at, last_seen_at, expires_at) "
        "VALUES ($1, $2, $3, now(), now(), now() + interval '30 days')",
        id_,
        person,
        digest(secret or str(id_)),
    )
    return id_


async def subscribed(
    database: Database,
    session: UUID,
    *,
    endpoint: str | None = None,
    p256dh: bytes = b"",
    auth: bytes = b"",
    label: str = "Laptop",
) -> UUID:
    """The subscription of a session at a browser."""
    id_ = new_id()
    await database.execute(
        "INSERT INTO push_endpoints (id, endpoint, p256dh, auth, changed_at) VALUES ($1, $2, $3, $4, now())",
        id_,
        endpoint or f"https://push.example.com/{uuid4()}",
        p256dh,
        auth,
    )
    await database.execute(
        "INSERT INTO push_subscriptions (id, endpoint_id, session_id, label, created_at) "
        "VALUES ($1, $1, $2, $3, now())",
        id_,
        session,
        label,
    )
    return id_


async def browser_of(database: Database, person: UUID) -> UUID:
    """The subscription of a new session of somebody."""
    return await subscribed(database, await session_of(database, person))


async def somebodys_browser(database: Database, **how: Any) -> UUID:
    """The subscription of somebody who is not known yet."""
    person = await accounts.add_person(database, f"{uuid4()}@example.com", "Somebody")
    return await subscribed(database, await session_of(database, person.id), **how)
