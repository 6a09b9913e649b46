"""Browsers subscribe to the news of this organisation, and end that, whether somebody is signed in there or not.

No person is noted. Who has the secret with which a browser subscribed ends its subscription; one that is gone is
removed when its push service says so.
"""

from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.languages import Language
from estafette.base.vault import Vault
from estafette.deliveries.actions.push import public_key
from estafette.deliveries.errors import NewsNotOffered
from estafette.deliveries.models.broadcasts import (
    NEWS,
    BroadcastSettings,
    BroadcastSubscribers,
    BroadcastSubscription,
    FormerSubscription,
    NewBroadcastSubscription,
)
from estafette.deliveries.models.push import NewSubscription
from estafette.deliveries.rules.broadcasts import OF_NEIGHBOURHOOD, OF_SERVICE, unknown_service
from estafette.deliveries.rules.push import ENDPOINT_CHARACTERS, check_subscription, decoded
from estafette.deliveries.store import broadcast_subscriptions as store


async def broadcast_key(database: Database, vault: Vault) -> str | None:
    """The key that browsers subscribe with; None when no gateway carries push messages, or news are not offered."""
    return await public_key(database, vault) if await store.is_offered(database) else None


async def subscribe(
    database: Database,
    vault: Vault,
    neighbourhood: str,
    given: NewBroadcastSubscription,
    *,
    private_addresses: bool = False,
) -> BroadcastSubscription:
    """Lets a browser be told news, or renews that; raises Invalid, TooMany and NewsNotOffered."""
    plain = NewSubscription(endpoint=given.endpoint, keys=given.keys)
    subscription, _ = check_subscription(plain, private_addresses=private_addresses)
    if await broadcast_key(database, vault) is None:
        raise NewsNotOffered
    await limits.take(database, f"news:{neighbourhood}", limit=OF_NEIGHBOURHOOD, seconds=3600)
    if host := unknown_service(given.endpoint):
        await limits.take(database, f"news at:{host}", limit=OF_SERVICE, seconds=3600)
    async with database.transaction() as transaction:
        language = (given.replaces and await _end(transaction, given.replaces)) or given.language
        row = await store.put(transaction, NEWS, subscription, language, transaction.clock.now())
    return BroadcastSubscription(**row)


async def unsubscribe(database: Database, former: FormerSubscription) -> None:
    """Ends the subscription of a browser; whether there was one is told to nobody."""
    async with database.transaction() as transaction:
        await _end(transaction, former)


async def _end(transaction: Transaction, former: FormerSubscription) -> Language | None:
    """The language of the subscription that it ended, if whoever asks has shown its secret."""
    secret = decoded(former.auth)
    # What no endpoint can be is not looked for, since PostgreSQL would not even read it.
    if secret is None or len(former.endpoint) > ENDPOINT_CHARACTERS or not former.endpoint.isprintable():
        return None
    return await store.delete(transaction, NEWS, former.endpoint, secret)


async def broadcast_subscribers(database: Database) -> BroadcastSubscribers:
    """How many browsers want news, by language."""
    languages = {row["language"]: row["count"] for row in await store.by_language(database, NEWS)}
    return BroadcastSubscribers(count=sum(languages.values()), languages=languages)


async def broadcast_settings(database: Database) -> BroadcastSettings:
    """Whether visitors are offered news."""
    return BroadcastSettings(offered=await store.is_offered(database))


async def put_broadcast_settings(database: Database, given: BroadcastSettings) -> BroadcastSettings:
    """Offers visitors news, or does not any more; who has subscribed stays subscribed."""
    async with database.transaction() as transaction:
        await store.offer(transaction, given.offered)
    return given
