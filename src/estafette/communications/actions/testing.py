"""Test messages: a text sent to oneself or a colleague, as a client would get it."""

import asyncio
from typing import Final

from msgspec.structs import replace

from estafette.accounts import SignedIn
from estafette.base import limits
from estafette.base.database import Database
from estafette.base.errors import Invalid, Problem, invalid
from estafette.clients import require_communications
from estafette.communications.actions.previewing import links_of, prepared, rendered
from estafette.communications.models.previews import SentTest, WantedTest
from estafette.communications.models.rendering import RenderFailure
from estafette.deliveries import Delivery, NewDelivery, browsers, carries, enqueue

AN_HOUR: Final = 20
TEST: Final = "[Test] "
SUBJECT: Final = 250


async def send_test(database: Database, who: SignedIn, wanted: WantedTest, origin: str) -> SentTest:
    """Sends it at once, as deliveries of who asks; raises Forbidden, Invalid, UnknownClient and TooMany.

    Everybody may send 20 in an hour.
    """
    require_communications(who)
    reader, renderer = await prepared(database, wanted.content, wanted.channel, wanted.language, wanted.client_id)
    addresses = await _addresses(database, who, wanted)
    await limits.take(database, f"communication_test:{who.person_id}", limit=AN_HOUR, seconds=3600)
    try:
        said, _ = await asyncio.to_thread(rendered, renderer, reader, wanted.channel, links_of(origin))
    except RenderFailure as failure:
        raise invalid("content", "nothing_to_say", reason=failure.code) from None
    subject = f"{TEST}{said.subject}"[:SUBJECT] if said.html is not None else said.subject
    new = NewDelivery(
        owner_id=who.person_id,
        channel=wanted.channel,
        sender="",
        recipient="",
        text=said.text,
        subject=subject,
        html=said.html,
        options=replace(said.options, unsubscribe_url=None),
    )
    async with database.transaction() as transaction:
        stored = await enqueue(transaction, [replace(new, recipient=each) for each in addresses])
        made = [_delivery(each) for each in stored]
    return SentTest(deliveries=[each.id for each in made], carried=await carries(database, wanted.channel))


async def _addresses(database: Database, who: SignedIn, wanted: WantedTest) -> list[str]:
    if wanted.channel == "push":
        found = await browsers(database, [who.person_id], database.clock.now())
        if not found.get(who.person_id):
            raise invalid("channel", "no_browser")
        return [str(each) for each in found[who.person_id]]
    address = wanted.address or (who.email if wanted.channel == "email" else None)
    if not address:
        raise invalid("address", "required")
    return [address]


def _delivery(stored: Delivery | Problem) -> Delivery:
    if isinstance(stored, Invalid):
        raise stored.renamed({"to": "address"})
    if isinstance(stored, Problem):
        raise stored
    return stored
