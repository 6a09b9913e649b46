"""Who writes to the clients of the demo, now and in days gone by."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from estafette import clients, communications
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.communications import Communication, EveryoneAudience, NewCommunication
from estafette.main.demo.past import Past
from estafette.main.demo.register import NUMBER

ZONES: Final = ("Europe/Moscow", "Europe/Paris", "Europe/London", "America/Sao_Paulo")
"""Where clients of the demo live, in the order in which their clocks show a time."""
ENDED: Final = ("completed", "paused")
STILL: Final = 8
"""Looks in a row at which nothing may have moved."""


class Desk:
    """What is written with: a clock that can be set back, and the verbs."""

    def __init__(self, database: Database, who: SignedIn, past: Past) -> None:
        self.database, self.who, self.past = database, who, past
        self.now = database.clock.now()

    async def create(self, **what: object) -> Communication:
        """To everybody unless something else is said."""
        new = NewCommunication(**{"audience": EveryoneAudience(), **what})  # pyright: ignore[reportArgumentType]
        return await communications.create(self.database, self.who, new)

    async def find(self, made: Communication) -> Communication:
        """As it is now."""
        return await communications.find(self.database, self.who, made.id)

    async def work_at(self, at: datetime, made: Communication, *, still: bool = False) -> None:
        """Works at a moment until it has ended, or, `still` under way, until all is sent that is due."""
        seen: list[object] = []

        async def done() -> bool:
            found = await self.find(made)
            if not still:
                # Reports belong to the moment, too; of e-mail there are none.
                return found.state in ENDED and not found.totals.get("sms", {}).get("SENT")
            seen.append(found.totals)
            known = found.totals.values()
            moving = not known or any(each.get("CREATED") for each in known)
            return not moving and len(seen) > STILL and all(each == found.totals for each in seen[-STILL:])

        self.past.set_clock(at)
        await self.past.until(done)

    async def reached(self, by: UUID, status: communications.Status) -> list[UUID]:
        """The clients for whom an SMS of a communication ended so."""
        page = await communications.list_recipients(self.database, self.who, by, "sms", status, None, NUMBER)
        return [each.client_id for each in page.items]

    async def segment(self, name: str) -> UUID:
        """The id of a segment."""
        known = await clients.list_segments(self.database, self.who)
        return next(each.id for each in known if each.name == name)

    def day(self, days_ago: int) -> date:
        """A day before today, or after it."""
        return (self.now - timedelta(days=days_ago)).date()

    def at(self, days_ago: int, of_day: time) -> datetime:
        """A time of the company’s clock on such a day."""
        return instant(self.day(days_ago), of_day, ZONES[1])


def instant(day: date, of_day: time, zone: str) -> datetime:
    """The moment at which the clocks of a zone showed that."""
    return datetime.combine(day, of_day, ZoneInfo(zone)).astimezone(UTC)
