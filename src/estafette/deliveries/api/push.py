"""Push messages to one's own browsers, over HTTP."""

from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.base.vault import Vault
from estafette.deliveries.actions import push
from estafette.deliveries.actions.accepting import Acceptor
from estafette.deliveries.models.deliveries import Delivery
from estafette.deliveries.models.push import NewSubscription, PushSubscription
from estafette.http import Key, delete, get, post

TAGS = ["Push"]


class PushKey(msgspec.Struct, frozen=True, kw_only=True):
    """The `applicationServerKey` of this installation; none when it sends no push messages."""

    key: str | None


class PushSubscriptions(msgspec.Struct, frozen=True, kw_only=True):
    """A person's browsers."""

    items: list[PushSubscription]
    next: str | None = None


@get("/push/key", tags=TAGS, summary="The key to subscribe with", operation_id="getPushKey")
async def get_key(database: Database, vault: Vault, signed_in: SignedIn) -> PushKey:
    """What a browser subscribes with (RFC 8292); null when this installation sends no push messages."""
    del signed_in
    return PushKey(key=await push.public_key(database, vault))


@get("/push/subscriptions", tags=TAGS, summary="Your browsers", operation_id="listPushSubscriptions")
async def list_subscriptions(database: Database, signed_in: SignedIn) -> PushSubscriptions:
    """Those that get push messages, oldest first."""
    return PushSubscriptions(items=await push.list_subscriptions(database, signed_in))


@post("/push/subscriptions", tags=TAGS, summary="Subscribe a browser", operation_id="subscribePush")
async def subscribe(
    database: Database, settings: Settings, signed_in: SignedIn, data: NewSubscription
) -> PushSubscription:
    """Takes what `PushSubscription.toJSON` gives; a browser that is known already is renewed.

    The subscription belongs to the session of this request and ends with it. A token has none and is refused.
    """
    return await push.subscribe(database, signed_in, data, private_addresses=settings.private_addresses)


@delete(
    "/push/subscriptions/{subscription_id}",
    tags=TAGS,
    summary="Unsubscribe a browser",
    operation_id="unsubscribePush",
)
async def unsubscribe(database: Database, signed_in: SignedIn, subscription_id: UUID) -> None:
    """Nothing is told to it any more."""
    await push.unsubscribe(database, signed_in, subscription_id)


@post(
    "/push/subscriptions/{subscription_id}/test",
    tags=TAGS,
    summary="Tell a browser something",
    operation_id="testPush",
    own_idempotency=True,
)
async def try_subscription(
    database: Database, acceptor: Acceptor, signed_in: SignedIn, subscription_id: UUID, key: Key = None
) -> Delivery:
    """A short message to one of your own browsers, to see whether it works."""
    return await push.try_subscription(database, acceptor, signed_in, subscription_id, key)
