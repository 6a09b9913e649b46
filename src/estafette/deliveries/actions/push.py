"""People let their browsers be told. What a session subscribed to ends with the session, however that ends.

A browser that is gone is removed when its push service says so.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from estafette.accounts import SessionNeeded, SignedIn
from estafette.base import limits
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.deliveries.actions.accepting import Acceptor
from estafette.deliveries.credentials import unseal
from estafette.deliveries.errors import UnknownSubscription
from estafette.deliveries.models.deliveries import Delivery, NewDelivery
from estafette.deliveries.models.push import NewSubscription, PushSubscription
from estafette.deliveries.rules.gateways import PUSH
from estafette.deliveries.rules.push import SUBSCRIPTIONS, check_subscription, public_key_of
from estafette.deliveries.store import push_subscriptions as store
from estafette.deliveries.texts import PUSH_TEST

TESTS_PER_HOUR: Final = 20
# Longer than a subscription takes to be stored.
UNUSED: Final = timedelta(days=1)


async def public_key(database: Database, vault: Vault) -> str | None:
    """The key that browsers subscribe with, base64url (RFC 8292); None when no gateway carries push messages."""
    gateway = await store.gateway(database, PUSH)
    if gateway is None:
        return None
    try:
        private_key = unseal(vault, gateway["id"], gateway["credentials"]).get("private_key")
    except ValueError:
        return None
    return public_key_of(private_key) if isinstance(private_key, str) else None


async def list_subscriptions(database: Database, who: SignedIn) -> list[PushSubscription]:
    """One's own browsers, oldest first."""
    rows = await store.of_person(database, who.person_id, database.clock.now())
    return [PushSubscription(**row) for row in rows]


async def subscribe(
    database: Database, who: SignedIn, given: NewSubscription, *, private_addresses: bool = False
) -> PushSubscription:
    """Subscribes this session at its browser, or renews that; the oldest beyond 20 is forgotten.

    Raises Invalid, and SessionNeeded for who came with a token: a token is a program's, and has no browser.
    """
    if who.session_id is None:
        raise SessionNeeded
    subscription, label = check_subscription(given, private_addresses=private_addresses)
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        row = await store.put(transaction, new_id(), who.session_id, subscription, label, now)
        await store.keep_newest(transaction, who.person_id, SUBSCRIPTIONS)
    return PushSubscription(**row)


async def unsubscribe(database: Database, who: SignedIn, subscription_id: UUID) -> None:
    """Ends one of one's own subscriptions; raises UnknownSubscription."""
    async with database.transaction() as transaction:
        if not await store.delete(transaction, who.person_id, subscription_id, transaction.clock.now()):
            raise UnknownSubscription


async def forget_ended_subscriptions(database: Database) -> None:
    """Removes what is left of subscriptions whose session has ended, and endpoints that nobody subscribes to."""
    now = database.clock.now()
    await store.delete_ended(database, now)
    await store.delete_unused_endpoints(database, now - UNUSED)


async def try_subscription(
    database: Database, acceptor: Acceptor, who: SignedIn, subscription_id: UUID, key: str | None = None
) -> Delivery:
    """Tells one of one's own browsers something, to see whether it works; raises UnknownSubscription and TooMany."""
    if not await store.belongs(database, who.person_id, subscription_id, database.clock.now()):
        raise UnknownSubscription
    await limits.take(database, f"push test {who.person_id}", limit=TESTS_PER_HOUR, seconds=3600)
    return await acceptor.accept(
        NewDelivery(
            owner_id=who.person_id,
            channel="push",
            sender="",
            recipient=str(subscription_id),
            subject="Estafette",
            text=PUSH_TEST.say(who.language),
            urgency=0,
            key=key,
        )
    )
