"""What was used of the day's quotas, for the person and for administrators."""

from typing import Final

from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.usage import Share, Usage, UsageOf, UsageOfAll
from estafette.accounts.rules.permissions import require_administrator
from estafette.accounts.store.cards import cards
from estafette.base import quotas
from estafette.base.database import Database
from estafette.base.quotas import Quotas, Used, tomorrow

SHOWN: Final = 20


async def own_usage(database: Database, who: SignedIn, limits: Quotas) -> Usage:
    """What somebody has used of today's quotas."""
    now = database.clock.now()
    used = (await quotas.used(database, [who.person_id], now)).get(who.person_id, Used())
    return Usage(
        messages=Share(used.messages, limits.messages or None),
        deliveries=Share(used.deliveries, limits.deliveries or None),
        bytes=Share(used.bytes, limits.bytes or None),
        ends_at=tomorrow(now),
    )


async def usage_of_all(database: Database, who: SignedIn, limits: Quotas) -> UsageOfAll:
    """Who has used most of today's quotas, for administrators; raises Forbidden."""
    require_administrator(who)
    now = database.clock.now()
    most = await quotas.most_used(database, now, SHOWN)
    known = await cards(database, [person_id for person_id, _ in most])
    disk = limits.disk
    return UsageOfAll(
        items=[
            UsageOf(person=known.get(person_id), messages=used.messages, deliveries=used.deliveries, bytes=used.bytes)
            for person_id, used in most
        ],
        message_limit=limits.messages or None,
        delivery_limit=limits.deliveries or None,
        byte_limit=limits.bytes or None,
        disk_free=disk.free if disk is not None else None,
        disk_reserve=disk.reserve or None if disk is not None else None,
        ends_at=tomorrow(now),
    )
