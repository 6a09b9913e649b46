"""Quiet hours that begin while something waits for its gateway: nobody is woken by what is late."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from estafette import deliveries
from estafette.base.database import Database
from estafette.communications.rules.moments import quiet_until_now
from estafette.communications.store import handing_over, ladder, work

UNLOOKED: Final = timedelta(minutes=1)
"""What was handed over since was looked at then."""


async def keep_quiet(database: Database, id_: UUID) -> int:
    """Puts off what would come to clients in their quiet hours, until these are over; how many messages."""
    now = database.clock.now()
    if not await deliveries.late_in_batch(database, id_, now - UNLOOKED):
        return 0
    async with database.transaction() as transaction:
        of = await work.lock_free(transaction, id_)
        if of is None or of.state != "running":
            return 0
        late = await deliveries.late_in_batch(transaction, id_, now - UNLOOKED)
        known = await handing_over.addressees(transaction, [each.member for each in late])
        later: dict[int, datetime] = {}
        for each in late:
            client = known.get(each.member)
            until = quiet_until_now(of, client.time_zone, max(now, each.not_before)) if client else None
            if until is not None:
                later[each.id] = until
        if not later:
            return 0
        wait = timedelta(seconds=of.schedule.step_after)
        steps = [(each.channel, each.member, later[each.id] + wait) for each in late if each.id in later]
        await ladder.put_off(transaction, id_, steps)
        await deliveries.put_off_deliveries(transaction, later)
    return len(later)
