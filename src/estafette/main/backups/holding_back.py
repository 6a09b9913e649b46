"""What was about to go out when a backup was made: the old server may have sent it since, so it is not sent again."""

from typing import Final

import msgspec

from estafette import communications, deliveries, notifications
from estafette.base.database import Database
from estafette.conversations.actions.notifying import notify_some_later
from estafette.main.reactions import reactions
from estafette.worker import react_to_all

_NOBODY_FOLLOWS: Final = "http://127.0.0.1"
"""The origin of links in letters that are not sent."""


class HeldBack(msgspec.Struct, frozen=True, kw_only=True):
    """How many deliveries, and steps of notifications, were ended, and how many communications were paused."""

    deliveries: int
    steps: int
    communications: int


async def hold_back(database: Database) -> HeldBack:
    """Ends what was due: first what follows from what was said, since that is how letters come about."""
    await react_to_all(database, reactions(_NOBODY_FOLLOWS))
    while await notify_some_later(database):
        pass
    steps = await notifications.end_due_steps(database)
    paused = await communications.hold_back(database)
    return HeldBack(deliveries=await deliveries.end_waiting(database), steps=steps, communications=paused)
