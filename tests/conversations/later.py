"""What tests of things that happen later share: a time ahead, and the worker that does what is due."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.quotas import Quotas
from estafette.conversations.actions import reminding, scheduling
from estafette.conversations.actions.reminding import remind_some_due
from estafette.conversations.actions.sending_scheduled import send_some_due
from estafette.conversations.models.reminders import Reminder
from estafette.conversations.models.scheduled_messages import NewScheduledMessage, ScheduledMessage
from tests.conversations.staff import Staff


def ahead(staff: Staff, **how_far: float) -> datetime:
    """A time from now; an hour, unless told otherwise."""
    return staff.database.clock.now() + timedelta(**(how_far or {"hours": 1}))


async def schedule(staff: Staff, who: SignedIn, place: UUID, text: str, **more: Any) -> ScheduledMessage:
    """Somebody says something later."""
    given: dict[str, Any] = {"send_at": ahead(staff), **more}
    new = NewScheduledMessage(text=text, **given)
    return await scheduling.schedule(staff.database, Quotas(), who.person_id, place, new)


async def waiting(staff: Staff, who: SignedIn) -> list[tuple[str, str | None]]:
    """What somebody has scheduled: texts, and why they were refused."""
    found = await scheduling.scheduled(staff.database, who.person_id)
    return [(each.text, each.failure) for each in found.items]


async def remind(staff: Staff, who: SignedIn, place: UUID, message_id: UUID, at: datetime | None = None) -> Reminder:
    """Somebody wants to be reminded of a message; in an hour, unless told otherwise."""
    return await reminding.remind(staff.database, who.person_id, place, message_id, at or ahead(staff))


async def later(staff: Staff, **how_long: float) -> int:
    """Time passes, and a worker does what is due; how much that was."""
    staff.database.clock.move(timedelta(**how_long))
    return await send_some_due(staff.database, Quotas()) + await remind_some_due(staff.database)
