"""Communications of the demo: some were sent in days gone by, one is under way, others are planned."""

from datetime import datetime, time

from estafette import accounts, communications
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.communications import Schedule, SegmentAudience, SubscribersAudience
from estafette.main.demo import campaigns
from estafette.main.demo.desk import ZONES, Desk
from estafette.main.demo.earlier import QUIET, send_earlier
from estafette.main.demo.past import Past
from estafette.main.demo.register import SEGMENTS


async def send_communications(database: Database, who: SignedIn, settings: Settings) -> None:
    """All of them, by the verbs that people use; does nothing where there are some."""
    if (await communications.list_communications(database, who, (), None, None, None, None, 1)).items:
        return
    async with Past(database, settings) as past:
        desk = Desk(database, who, past)
        await send_earlier(desk)
    await _plan_ahead(desk)


def signed_in(person: accounts.Person) -> SignedIn:
    """An administrator of the demo, as if they did it themselves."""
    return SignedIn(
        person_id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        time_zone=ZONES[1],
        roles=frozenset(person.roles),
        partners={},
        parties=frozenset((person.id,)),
    )


async def _plan_ahead(desk: Desk) -> None:
    """What begins now and takes its time, what is planned, what is still being written, and what will not be."""
    await desk.create(
        name="Five questions about this year",
        channels=["email", "sms"],
        content=campaigns.SURVEY,
        schedule=Schedule(per_minute=4),
    )
    tomorrow, later = desk.day(-1), desk.day(-3)
    await desk.create(
        name="Newsletter of the season",
        channels=["email"],
        content=campaigns.LETTER,
        audience=SegmentAudience(segment_id=await desk.segment(SEGMENTS[1].name)),
        schedule=Schedule(local_time=datetime.combine(tomorrow, time(18)), zone=ZONES[1], quiet=QUIET),
    )
    await desk.create(
        name="Winter market: last weekend",
        channels=["email", "sms"],
        mode="ladder",
        content=campaigns.MARKET,
        schedule=Schedule(local_time=datetime.combine(later, time(9, 30)), zone=ZONES[1], of_client=True),
    )
    await desk.create(name="Voucher for the anniversary", channels=["email"], content=campaigns.BIRTHDAY, draft=True)
    await desk.create(name="Table for New Year’s Eve", channels=["whatsapp"], content=campaigns.TABLE, draft=True)
    await desk.create(
        name="Tickets for the new year",
        channels=["push"],
        content=campaigns.TICKETS,
        audience=SubscribersAudience(),
        schedule=Schedule(local_time=datetime.combine(later, time(10)), zone=ZONES[1]),
    )
    off = await desk.create(
        name="Garden party",
        channels=["sms"],
        content=campaigns.GARDEN,
        schedule=Schedule(local_time=datetime.combine(later, time(17)), zone=ZONES[1]),
    )
    await communications.cancel(desk.database, desk.who, off.id)
