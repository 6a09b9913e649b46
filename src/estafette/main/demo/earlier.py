"""Communications of the demo that were sent in days gone by: each in another way, and each ended in another."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from estafette import communications
from estafette.communications import ClientsAudience, QuietHours, Schedule, SegmentAudience
from estafette.main.demo import campaigns
from estafette.main.demo.answering import answer_communications
from estafette.main.demo.desk import ZONES, Desk, instant
from estafette.main.demo.register import SEGMENTS

QUIET: Final = QuietHours(begin=time(21), end=time(8))
TEN: Final = time(10)


async def send_earlier(desk: Desk) -> None:
    """All of them, the oldest first; afterwards it is now."""
    await _letter(desk)
    await _gold(desk)
    hours = await _hours(desk)
    failed, arrived = await desk.reached(hours, "OPERATOR_ERROR"), await desk.reached(hours, "DELIVERED")
    await answer_communications(desk, hours)
    # On a machine that is too busy nothing may have come about yet.
    if failed and arrived:
        await _welcome_back(desk, [*failed, *arrived[-3 * len(failed) :]])
        await _today(desk, arrived[0])
    desk.past.set_clock(desk.now)


async def _letter(desk: Desk) -> None:
    """By e-mail to everybody, at ten of each client's own clock."""
    day = desk.day(12)
    desk.past.set_clock(instant(day, TEN, ZONES[0]) - timedelta(minutes=5))
    made = await desk.create(
        name="Letter of the month",
        channels=["email"],
        content=campaigns.LETTER,
        schedule=Schedule(local_time=datetime.combine(day, TEN), zone=ZONES[1], of_client=True),
    )
    for zone in ZONES[:-1]:
        await desk.work_at(instant(day, TEN, zone) + timedelta(seconds=20), made, still=True)
    await desk.work_at(instant(day, TEN, ZONES[-1]) + timedelta(seconds=20), made)


async def _gold(desk: Desk) -> None:
    """By SMS to a segment."""
    at = desk.at(6, time(16, 30))
    desk.past.set_clock(at)
    segment = await desk.segment(SEGMENTS[0].name)
    made = await desk.create(
        name="Gold evening: two seats",
        channels=["sms"],
        content=campaigns.GOLD,
        audience=SegmentAudience(segment_id=segment),
        schedule=Schedule(quiet=QUIET),
    )
    await desk.work_at(at + timedelta(seconds=5), made)


async def _hours(desk: Desk) -> UUID:
    """By SMS, and by e-mail to those whom it has not reached within an hour."""
    at = desk.at(3, time(9))
    desk.past.set_clock(at)
    made = await desk.create(
        name="New opening hours", channels=["sms", "email"], mode="ladder", content=campaigns.HOURS
    )
    await desk.work_at(at + timedelta(seconds=5), made, still=True)
    await desk.work_at(at + timedelta(minutes=61), made)
    return made.id


async def _welcome_back(desk: Desk, ids: list[UUID]) -> None:
    """To numbers of which many are out of use: it pauses by itself."""
    at = desk.at(1, time(15))
    desk.past.set_clock(at)
    made = await desk.create(
        name="We miss you",
        channels=["sms"],
        content=campaigns.RETURN,
        audience=ClientsAudience(ids=ids),
        schedule=Schedule(per_minute=1_800),
    )
    await desk.work_at(at + timedelta(seconds=5), made)


async def _today(desk: Desk, one: UUID) -> None:
    """A message to one client, and a campaign that somebody has paused."""
    at = desk.now - timedelta(hours=2)
    desk.past.set_clock(at)
    order = await desk.create(
        name="Your order is ready",
        kind="transactional",
        channels=["sms"],
        content=campaigns.ORDER,
        audience=ClientsAudience(ids=[one]),
    )
    concert = await desk.create(
        name="Harbour concert on Saturday",
        channels=["sms"],
        content=campaigns.CONCERT,
        schedule=Schedule(per_minute=1_200),
    )

    async def on_its_way() -> bool:
        ended = (await desk.find(order)).state == "completed"
        return ended and (await desk.find(concert)).totals.get("sms", {}).get("DELIVERED", 0) >= 30

    await desk.past.until(on_its_way)
    await communications.pause(desk.database, desk.who, concert.id)
