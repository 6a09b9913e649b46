"""News by push, over HTTP: browsers subscribe without an account, administrators decide whether they are asked to."""

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.base.vault import Vault
from estafette.deliveries.actions import broadcast_subscriptions as actions
from estafette.deliveries.models.broadcasts import (
    BroadcastKey,
    BroadcastSettings,
    BroadcastSubscribers,
    BroadcastSubscription,
    FormerSubscription,
    NewBroadcastSubscription,
)
from estafette.deliveries.rules.permissions import require_administrator, require_communications
from estafette.http import Neighbourhood, delete, get, post, put

TAGS = ["Push"]


@get("/push/broadcast-key", tags=TAGS, summary="The key to subscribe to news with", operation_id="getBroadcastKey")
async def get_broadcast_key(database: Database, vault: Vault) -> BroadcastKey:
    """What a browser subscribes to news with (RFC 8292); null when none are offered. Needs no sign-in."""
    return BroadcastKey(key=await actions.broadcast_key(database, vault))


@post("/push/broadcast-subscriptions", tags=TAGS, summary="Subscribe to news", operation_id="subscribeToBroadcasts")
async def subscribe(
    database: Database,
    vault: Vault,
    settings: Settings,
    neighbourhood: Neighbourhood,
    data: NewBroadcastSubscription,
) -> BroadcastSubscription:
    """Takes what `PushSubscription.toJSON` gives; a browser that is known already is renewed. Needs no sign-in.

    Nobody is noted as its owner, and the end of a session does not end it.
    """
    return await actions.subscribe(database, vault, neighbourhood, data, private_addresses=settings.private_addresses)


@delete(
    "/push/broadcast-subscriptions",
    tags=TAGS,
    summary="Unsubscribe from news",
    operation_id="unsubscribeFromBroadcasts",
)
async def unsubscribe(database: Database, data: FormerSubscription) -> None:
    """Ends what a browser subscribed to; it shows its secret `auth`. One that is not there any more is no mistake."""
    await actions.unsubscribe(database, data)


@get(
    "/push/broadcast-subscribers",
    tags=TAGS,
    summary="How many want news",
    operation_id="countBroadcastSubscribers",
)
async def count_subscribers(database: Database, signed_in: SignedIn) -> BroadcastSubscribers:
    """How many browsers are told news, by language; for those who send communications."""
    require_communications(signed_in)
    return await actions.broadcast_subscribers(database)


@get("/push/broadcast-settings", tags=TAGS, summary="Whether news are offered", operation_id="getBroadcastSettings")
async def get_settings(database: Database, signed_in: SignedIn) -> BroadcastSettings:
    """Whether visitors are asked if they want news; for administrators."""
    require_administrator(signed_in)
    return await actions.broadcast_settings(database)


@put("/push/broadcast-settings", tags=TAGS, summary="Offer news or not", operation_id="putBroadcastSettings")
async def put_settings(database: Database, signed_in: SignedIn, data: BroadcastSettings) -> BroadcastSettings:
    """Shows or hides the offer on the public pages; who has subscribed stays subscribed. For administrators."""
    require_administrator(signed_in)
    return await actions.put_broadcast_settings(database, data)
