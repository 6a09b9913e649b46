"""How many clients a communication would reach by each channel, in how many segments, and at what cost."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from estafette.accounts import Form, SignedIn
from estafette.base.database import Database
from estafette.clients import Condition, require_communications
from estafette.communications.actions.audiences import check_kept, unknown_clients
from estafette.communications.actions.readiness import check_texts
from estafette.communications.actions.selecting import audience_condition
from estafette.communications.actions.settings import organisation_name
from estafette.communications.models.audiences import ClientsAudience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.content import Channel, Content
from estafette.communications.models.previews import Estimate, Price, Reach
from estafette.communications.models.rendering import RenderFailure, Sample
from estafette.communications.rules import checking
from estafette.communications.rules.rendering import Renderer
from estafette.communications.rules.times import resolve
from estafette.communications.store import list_members, readers
from estafette.communications.store import settings as prices
from estafette.deliveries import subscribers

SAMPLE: Final = 500
"""Clients to whom text messages are written for the estimate of their segments."""
_CENT: Final = Decimal("0.01")


async def estimate(database: Database, who: SignedIn, new: NewCommunication) -> Estimate:
    """Whom it would reach, were it sent now; raises Forbidden, and Invalid for what keeps it from being scheduled."""
    require_communications(who)
    await _check(database, new)
    costs = {each.channel: each for each in await prices.prices(database)}
    audience = await audience_condition(database, new.audience, 1)
    counts = await readers.counts(database, audience)
    reach: dict[Channel, Reach] = {}
    for place, channel in enumerate(new.channels):
        if channel == "push":
            reach[channel] = _costing(await _broadcast(database), costs.get(channel), None)
            continue
        before = new.channels[:place] if new.mode == "ladder" else []
        found = await _reached(database, audience, counts, [each for each in before if each != "push"], channel)
        a_message = await _segments(database, audience, new.content) if channel == "sms" and found.reachable else None
        reach[channel] = _costing(found, costs.get(channel), a_message)
    return Estimate(clients=counts["clients"], channels=reach)


async def _check(database: Database, new: NewCommunication) -> None:
    """Looks at it as one does who schedules it."""
    now = database.clock.now()
    with Form() as form:
        checking.check_limits(form, new, now)
        checking.check_whole(form, new)
    resolve(new.schedule, now)
    if isinstance(new.audience, ClientsAudience):
        if unknown := await list_members.unknown(database, list(dict.fromkeys(new.audience.ids))):
            raise unknown_clients("audience.ids", unknown)
    else:
        await check_kept(database, new.audience)
    await check_texts(database, new, new.audience)


async def _broadcast(database: Database) -> Reach:
    count = await subscribers(database)
    return Reach(reachable=count, refused=0, without_address=0, messages=count, most_messages=count)


async def _reached(
    database: Database, audience: Condition, counts: Any, before: Sequence[Channel], channel: Channel
) -> Reach:
    without, refused = counts[f"{channel}_none"], counts[f"{channel}_refused"]
    reachable = counts["clients"] - without - refused
    return Reach(
        reachable=reachable,
        refused=refused,
        without_address=without,
        messages=await readers.reached_first(database, audience, [*before, channel]) if before else reachable,
        most_messages=reachable,
    )


async def _segments(database: Database, audience: Condition, content: Content) -> Decimal | None:
    """How many segments a text message has on an average; None when nothing can be said yet."""
    some = await readers.some(database, audience, "sms", SAMPLE)
    renderer = Renderer(content, await organisation_name(database))
    lengths = await asyncio.to_thread(_lengths, renderer, some)
    return Decimal(sum(lengths)) / len(lengths) if lengths else None


def _lengths(renderer: Renderer, some: Sequence[Sample]) -> list[int]:
    lengths: list[int] = []
    for each in some:
        try:
            lengths.append(renderer.render(each, "sms").segments)
        except RenderFailure:
            continue
    return lengths


def _costing(reach: Reach, price: Price | None, a_message: Decimal | None) -> Reach:
    """With segments, and costs where there is a price."""
    parts = Decimal(1) if a_message is None else a_message
    told: dict[str, Any] = {name: getattr(reach, name) for name in reach.__struct_fields__}
    if a_message is not None:
        told["segments"] = round(parts * reach.messages)
    if price is not None:
        of_one = Decimal(price.price) * parts
        told |= {
            "cost": str((of_one * reach.messages).quantize(_CENT)),
            "most_cost": str((of_one * reach.most_messages).quantize(_CENT)),
            "currency": price.currency,
        }
    return Reach(**told)
