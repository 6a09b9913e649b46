"""Deliveries over HTTP."""

from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.deliveries.actions import cancelling, finding
from estafette.deliveries.actions.accepting import Acceptor
from estafette.deliveries.alphabet import extent, outside_gsm7
from estafette.deliveries.api.inputs import (
    URGENCIES,
    DeliveryRequest,
    Hours,
    Preview,
    TextToMeasure,
    before_id,
    dialled,
)
from estafette.deliveries.models.deliveries import Count, Delivery, DeliveryHistory, NewDelivery, Status
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.rules.checking import MAIL_CHARACTERS
from estafette.deliveries.rules.permissions import require_sender
from estafette.http import Cursor, Key, Limit, Query, delete, get, post

TAGS = ["Deliveries"]
# Text and HTML at their longest, each character in the longest form that JSON has: two escapes of six bytes.
BODY_BYTES: Final = 2 * MAIL_CHARACTERS * 12 + 256 * 1024

Words = Annotated[Annotated[str, Meta(max_length=200)] | None, Query("Part of a recipient, a text or a subject")]


class Deliveries(msgspec.Struct, frozen=True, kw_only=True):
    """A page of deliveries; `next` is the cursor of the page after it, which an empty page has while older ones were
    not looked at.
    """

    items: list[Delivery]
    next: str | None = None


class DeliveryCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many deliveries came to which status by which gateway; none stands for those that came to no gateway."""

    items: list[Count]


@post(
    "/deliveries",
    tags=TAGS,
    summary="Send an SMS, MMS, e-mail or push message",
    operation_id="sendDelivery",
    own_idempotency=True,
    max_body=BODY_BYTES,
)
async def send_delivery(acceptor: Acceptor, signed_in: SignedIn, data: DeliveryRequest, key: Key = None) -> Delivery:
    """For service accounts and administrators. Stored when it is answered; a retry with the same key gets the first."""
    require_sender(signed_in)
    return await acceptor.accept(
        NewDelivery(
            owner_id=signed_in.person_id,
            channel=data.channel,
            sender=data.sender,
            recipient=dialled(signed_in, data.channel, data.to),
            text=data.text,
            subject=data.subject,
            html=data.html,
            media=data.media,
            options=data.options,
            urgency=URGENCIES[data.urgency],
            send_at=data.send_at,
            expires_at=data.expires_at,
            key=key,
        )
    )


@post("/deliveries/preview", status=200, tags=TAGS, summary="Measure a text", operation_id="previewDelivery")
async def preview(signed_in: SignedIn, data: TextToMeasure) -> Preview:
    """How many segments a text message will have, before it is sent."""
    require_sender(signed_in)
    found = extent(data.text)
    return Preview(
        encoding=found.encoding,
        segments=found.segments,
        characters=found.characters,
        left=found.left,
        not_in_gsm7=list(outside_gsm7(data.text)),
    )


@get("/deliveries", tags=TAGS, summary="Your deliveries", operation_id="listDeliveries")
async def list_deliveries(
    database: Database,
    signed_in: SignedIn,
    channel: Channel | None = None,
    status: Status | None = None,
    gateway: UUID | None = None,
    q: Words = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Deliveries:
    """The account's own, newest first; the HTML of an e-mail comes with its history alone."""
    require_sender(signed_in)
    found = await finding.list_deliveries(
        database,
        signed_in.person_id,
        channel=channel,
        status=status,
        gateway_id=gateway,
        q=q,
        before=before_id(cursor),
        limit=limit,
    )
    return Deliveries(items=found.items, next=None if found.next is None else str(found.next))


@get("/deliveries/counts", tags=TAGS, summary="Count your deliveries", operation_id="countDeliveries")
async def count_deliveries(database: Database, signed_in: SignedIn, hours: Hours = 24) -> DeliveryCounts:
    """How many of the account's own came to which status in the last hours, by gateway."""
    require_sender(signed_in)
    since = database.clock.now() - timedelta(hours=hours)
    return DeliveryCounts(items=await finding.counts(database, signed_in.person_id, since))


@get("/deliveries/{delivery_id}", tags=TAGS, summary="The history of a delivery", operation_id="getDelivery")
async def get_delivery(database: Database, signed_in: SignedIn, delivery_id: int) -> DeliveryHistory:
    """Every change of its status, every attempt, every receipt."""
    require_sender(signed_in)
    return await finding.history(database, signed_in.person_id, delivery_id)


@delete(
    "/deliveries/{delivery_id}",
    status=200,
    tags=TAGS,
    summary="Cancel a delivery",
    operation_id="cancelDelivery",
)
async def cancel_delivery(database: Database, signed_in: SignedIn, delivery_id: int) -> Delivery:
    """What waits does not go out; what has gone out, or is just going, is answered 409."""
    require_sender(signed_in)
    return await cancelling.cancel(database, signed_in.person_id, delivery_id)
