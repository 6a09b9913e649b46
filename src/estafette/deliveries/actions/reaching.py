"""Whether somebody can be reached by a channel now: gateways that work, addresses that may be written to, browsers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from estafette.base.database import Queries
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.store import reaching as store

# A gateway that is down for a moment is no reason to warn anybody.
PATIENCE: Final = timedelta(minutes=5)


async def channels(queries: Queries, *, notices: bool = False) -> dict[Channel, bool]:
    """The channels that a gateway in use carries, and whether one of them is not down.

    `notices`: that it carries what the server has to say, for which WhatsApp wants a template of the gateway.
    """
    return {row["channel"]: row["works"] for row in await store.channels(queries, PATIENCE, notices=notices)}


async def carries(queries: Queries, channel: Channel) -> bool:
    """Whether a gateway in use carries a channel, be it down for the moment."""
    return channel in await channels(queries)


async def suppressed(queries: Queries, channel: Channel, recipients: Sequence[str]) -> set[str]:
    """Those of the recipients, as they are given, who must not be written to."""
    keys = {each: each.lower() for each in recipients}
    found = await store.suppressed(queries, channel, list(set(keys.values()))) if keys else set[str]()
    return {each for each, key in keys.items() if key in found}


async def browsers(queries: Queries, people: Sequence[UUID], now: datetime) -> dict[UUID, list[UUID]]:
    """The push subscriptions of people whose sessions are open, oldest first; who has none is missing."""
    found: dict[UUID, list[UUID]] = {}
    for row in await store.browsers(queries, people, now) if people else ():
        found.setdefault(row["person_id"], []).append(row["id"])
    return found
