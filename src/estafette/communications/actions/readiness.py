"""Whether a communication can be scheduled: its texts, what its clients lack, and its time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from estafette.base.database import Transaction
from estafette.base.errors import invalid
from estafette.communications.models.audiences import Audience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.schedules import Schedule
from estafette.communications.store import reachable


async def check_texts(transaction: Transaction, new: NewCommunication, audience: Audience) -> None:
    """Makes sure that there is something to say to everybody; raises Invalid."""
    texts = new.content.texts.get(new.content.default_language)
    for channel in new.channels:
        if texts is None or getattr(texts, channel) is None:
            raise invalid(f"content.texts.{new.content.default_language}.{channel}", "required")


async def check_reachable(transaction: Transaction, new: NewCommunication, client_id: UUID) -> None:
    """Makes sure that the one client of a message can be reached; raises Invalid."""
    addresses, refused = await reachable.channels(transaction, client_id)
    among = [each for each in new.channels if each in addresses]
    if not among:
        raise invalid("audience", "client_without_address")
    if all(each in refused for each in among):
        raise invalid("audience", "client_refused")


class Resolved(Struct, frozen=True, kw_only=True):
    """When."""

    send_at: datetime | None
    starts_at: datetime
    expires_at: datetime


def resolve(schedule: Schedule, now: datetime) -> Resolved:
    """The instants of a schedule; raises Invalid."""
    at = schedule.send_at
    if schedule.local_time is not None:
        at = schedule.local_time.replace(tzinfo=ZoneInfo(schedule.zone or "UTC")).astimezone(UTC)
    if at is not None and at < now - timedelta(minutes=1):
        raise invalid("schedule.send_at", "time_past")
    starts = at or now
    return Resolved(
        send_at=at, starts_at=starts, expires_at=starts + timedelta(seconds=schedule.expires_after or 172800)
    )
