"""Finding contact requests: pages, filters, search, one's own, those of a conversation, and the exported table."""

import csv
import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from estafette import accounts, contact_requests
from estafette.accounts import SignedIn
from estafette.base.errors import NotFound
from estafette.contact_requests import Acceptor, CountQuestion, Filters, NewAdvert, RequestChanges
from estafette.contact_requests.actions import exporting, listing
from estafette.conversations import UnknownConversation
from tests.contact_requests.scene import Scene, other_profile
from tests.world import again

# They count by days.
pytestmark = pytest.mark.usefixtures("noon")


async def change(scene: Scene, request_id: UUID, changes: RequestChanges) -> None:
    world = scene.world
    await contact_requests.change_request(world.database, world.claire, world.chateau, request_id, changes)


async def test_members_list_what_was_left_newest_first(scene: Scene) -> None:
    made = [(await scene.ask(advert=advert)).id for advert in (scene.wedding, scene.tour, scene.cake, scene.wedding)]
    mine = [made[3], made[1], made[0]]
    for who in (scene.world.claire, scene.world.denis, scene.world.root):
        assert await scene.listed(who) == mine
    for who in (scene.world.ann, scene.world.eva):
        with pytest.raises(NotFound):
            await scene.listed(who)
    with pytest.raises(NotFound):
        await scene.listed(scene.world.root, uuid4())


async def test_a_list_is_narrowed_by_state_advert_member_and_days(scene: Scene) -> None:
    world, clock = scene.world, scene.world.database.clock
    first, second = (await scene.ask()).id, (await scene.ask(advert=scene.tour)).id
    day = scene.today
    clock.move(timedelta(days=2))
    third = (await scene.ask()).id
    await change(scene, first, RequestChanges(state="done", assigned_to=world.denis.person_id))
    await change(scene, third, RequestChanges(assigned_to=world.denis.person_id))
    assert await scene.listed(state="new") == [third, second]
    assert await scene.listed(state="done") == [first]
    assert await scene.listed(advert_id=scene.wedding.id) == [third, first]
    assert await scene.listed(advert_id=scene.cake.id) == [], "an advert of another partner"
    assert await scene.listed(assigned_to=world.denis.person_id) == [third, first]
    assert await scene.listed(assigned_to=world.claire.person_id) == []
    assert await scene.listed(assigned_to=world.denis.person_id, state="new", advert_id=scene.wedding.id) == [third]
    assert await scene.listed(first=day + timedelta(days=1)) == [third]
    assert await scene.listed(last=day) == await scene.listed(first=day, last=day) == [second, first]
    assert await scene.listed(last=day, advert_id=scene.tour.id, state="new") == [second]


async def test_days_begin_when_they_begin_at_the_partner(scene: Scene) -> None:
    world, database = scene.world, scene.world.database
    far = await accounts.make_partner(database, "Kiritimati", time_zone="Pacific/Kiritimati")
    await accounts.add_member(database, far.id, world.claire.person_id, "owner")
    claire = await again(database, world.claire.person_id)
    advert = await contact_requests.add_advert(database, claire, far.id, NewAdvert(title="Coral"))
    # There it is tomorrow from 10 o'clock on.
    now = database.clock.now()
    database.clock.move(now.replace(hour=10, minute=0, second=1, microsecond=0) - now)
    made = (await scene.ask(advert=advert)).id
    today, tomorrow = scene.today, scene.today + timedelta(days=1)
    assert await scene.listed(claire, far.id, last=today) == []
    assert await scene.listed(claire, far.id, first=tomorrow, last=tomorrow) == [made]
    asked = CountQuestion(partner_id=far.id)
    found = await contact_requests.count_requests(database, claire, asked, "day")
    assert [(each.key, each.count) for each in found.groups] == [(tomorrow.isoformat(), 1)]


async def test_pages_follow_each_other_whatever_is_asked(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    world = scene.world
    monkeypatch.setattr(listing, "STRETCH", 4)
    monkeypatch.setattr(listing, "FOUND", 2)
    adverts = (scene.wedding, scene.tour)
    made = [(await scene.ask(world.ben if n % 2 else world.ann, adverts[n % 2])).id for n in range(11)]
    for request_id in (made[0], made[1], made[10]):
        await change(scene, request_id, RequestChanges(state="spam"))
    await world.react()

    async def walk(filters: Filters) -> list[UUID]:
        found, before, pages = list[UUID](), None, 0
        while pages == 0 or before is not None:
            items, before = await contact_requests.list_requests(
                world.database, world.claire, world.chateau, filters, before, 3
            )
            found += [each.id for each in items]
            pages += 1
            assert pages < 10
        return found

    assert await walk(Filters()) == made[::-1]
    assert await walk(Filters(state="spam")) == [made[10], made[1], made[0]]
    assert await walk(Filters(advert_id=scene.tour.id)) == made[9::-2]
    assert await walk(Filters(advert_id=scene.tour.id, state="spam")) == [made[1]]
    assert await walk(Filters(advert_id=scene.wedding.id, state="spam")) == [made[10], made[0]]
    assert await walk(Filters(advert_id=scene.wedding.id, state="done")) == []
    assert await walk(Filters(q="harbour")) == []
    assert await walk(Filters(q="reception")) == made[10::-2]
    assert await walk(Filters(q="tour", state="spam")) == [made[1]]
    assert await walk(Filters(q="reception", first=scene.today)) == made[10::-2]


async def test_requests_are_found_by_who_left_them_what_they_say_and_the_advert(scene: Scene) -> None:
    world = scene.world
    work = await other_profile(world, world.ben, "carter@harbour.example", "+447700900999")
    first = (await scene.ask(message="Une réception aux chandelles")).id
    second = (await scene.ask(world.ben, scene.tour, profile_id=work, message="")).id
    elsewhere = (await scene.ask(advert=scene.cake, message="chandelles")).id
    await world.react()
    assert await scene.listed(q="chandelle") == [first]
    assert await scene.listed(q="Ben") == await scene.listed(q="harbour") == await scene.listed(q="447700") == [second]
    assert await scene.listed(q="guided tour") == [second]
    assert await scene.listed(q="ann", state="new", advert_id=scene.wedding.id) == [first]
    assert await scene.listed(q="ann", state="done") == []
    assert await scene.listed(world.eva, world.bakery, q="chandelles") == [elsewhere]
    assert await scene.listed(q="nothing like it") == []


async def test_a_person_sees_what_they_asked_but_not_who_handles_it(scene: Scene) -> None:
    world = scene.world
    made = [await scene.ask(advert=advert) for advert in (scene.wedding, scene.cake, scene.tour)]
    await scene.ask(world.ben)
    await change(scene, made[0].id, RequestChanges(state="spam", assigned_to=world.denis.person_id))
    first, following = await listing.own_requests(world.database, world.ann, limit=2)
    rest, end = await listing.own_requests(world.database, world.ann, following, limit=2)
    assert [each.id for each in (*first, *rest)] == [each.id for each in reversed(made)]
    assert end is None
    assert (rest[0].state, rest[0].assigned_to) == ("seen", None), "nobody is told to be taken for spam"
    assert first[1].partner.name == "Au Bon Pain"


async def test_a_conversation_shows_what_its_customer_asked_its_partner(scene: Scene) -> None:
    world = scene.world
    made, spam = await scene.ask(), await scene.ask(advert=scene.tour)
    await scene.ask(advert=scene.cake)
    await scene.ask(world.ben)
    await change(scene, spam.id, RequestChanges(state="spam", assigned_to=world.denis.person_id))
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id

    async def seen(who: SignedIn) -> list[tuple[UUID, str, bool]]:
        found = await listing.in_conversation(world.database, who, place)
        return [(each.id, each.state, each.assigned_to is not None) for each in found]

    assert await seen(world.denis) == [(spam.id, "spam", True), (made.id, "new", False)]
    assert await seen(world.ann) == [(spam.id, "seen", False), (made.id, "new", False)]
    for who in (world.ben, world.eva, world.root):
        with pytest.raises(UnknownConversation):
            await seen(who)


async def table(scene: Scene, who: SignedIn | None = None, filters: Filters | None = None) -> list[list[str]]:
    world = scene.world
    pieces = await exporting.export_csv(world.database, who or world.claire, world.chateau, filters or Filters())
    text = b"".join([each async for each in pieces]).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


async def test_the_table_holds_all_that_the_filters_meet(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    first = await scene.ask(message='Two lines,\nand "quotes"; é ж 語')
    made = [first, *[await scene.ask(advert=scene.tour) for _ in range(4)]]
    await change(scene, first.id, RequestChanges(state="done", assigned_to=scene.world.denis.person_id))
    head, *rows = await table(scene)
    assert head[:5] == ["Received", "State", "Reference", "Advert", "Name"]
    assert [row[10] for row in rows] == [str(each.id) for each in reversed(made)]
    assert rows[-1][1:] == [
        "Done", "wedding", "Wedding reception", "Ann", "ann@example.com", "+33 6 12 34 56 78",
        first.starts_at.isoformat(), first.message, "Denis", str(first.id), "",
    ]  # fmt: skip
    assert rows[0][11] == str(made[1].id)
    assert [row[10] for row in (await table(scene, filters=Filters(state="done")))[1:]] == [str(first.id)]
    for who in (scene.world.ann, scene.world.eva):
        with pytest.raises(NotFound):
            await table(scene, who)


@pytest.mark.parametrize(
    "message",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "＝1+1", "\n=cmd|' /C calc'!A0", "|calc", "%x"],
)
async def test_nothing_in_the_table_is_computed(scene: Scene, message: str) -> None:
    await scene.ask(message=message)
    cell = (await table(scene))[1][8]
    # Spaces ahead of it may be a cell of their own, in a program that is told so.
    assert cell.lstrip(" ").startswith("'")
    assert cell.replace("'", "") == message.replace("'", "")


async def test_counts_of_weeks_and_months_gather_days(scene: Scene) -> None:
    clock = scene.world.database.clock
    now = clock.now()
    # From a Thursday before the turn of a year on.
    start = now.replace(year=now.year + 1, month=12, day=31, hour=12)
    clock.move(start - now)
    days = [scene.today + timedelta(days=number) for number in range(9)]
    for day in days:
        await scene.acceptor.accept(scene.new(scene.world.ben if day.day % 2 else scene.world.ann))
        clock.move(timedelta(days=1))
    assert await scene.counted("day") == {day.isoformat(): 1 for day in days}
    weeks = [f"{day.isocalendar().year}-W{day.isocalendar().week:02}" for day in days]
    assert await scene.counted("week") == {week: weeks.count(week) for week in weeks}
    months = [f"{day:%Y-%m}" for day in days]
    assert await scene.counted("month") == {month: months.count(month) for month in months}
    assert await scene.counted(first=days[1], last=days[3]) == 3
    assert await scene.counted("ad", first=days[1], last=days[3]) == {str(scene.wedding.id): 3}
    assert await scene.counted(advert_id=scene.tour.id) == 0
    assert await scene.counted("ad", advert_id=scene.tour.id) == {}


async def test_counts_are_for_the_partner(scene: Scene) -> None:
    await Acceptor(scene.world.database).accept(scene.new())
    for who in (scene.world.ann, scene.world.eva):
        with pytest.raises(NotFound):
            await contact_requests.count_requests(
                scene.world.database, who, CountQuestion(partner_id=scene.world.chateau)
            )
