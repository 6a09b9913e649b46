"""Whoever shows somebody is told whether they are there, at every process; nobody else costs anything."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafette.accounts import SignedIn
from estafette.accounts.actions import people
from estafette.accounts.models.inputs import PersonChanges
from estafette.base.ids import new_id
from estafette.presence.actions import setting
from estafette.presence.actions.tracking import ABSENT_SECONDS, BEAT_SECONDS
from estafette.presence.models.presences import CustomStatusPut, LastSeenPut, StatusPut
from estafette.presence.store.connections import EXPIRY
from tests.accounts.people import administrator
from tests.loop_time import let_pass
from tests.presence.conftest import Staff
from tests.presence.offices import Office, Page, office
from tests.realtime.fakes import settle
from tests.waiting import eventually


async def test_a_page_sees_who_comes_rests_and_leaves_at_another_process(staff: Staff) -> None:
    async with office(staff.database) as here, office(staff.database) as there, here.page(staff.hugo) as hugo:
        hugo.show(staff.gina)
        assert (await hugo.sees(staff.gina, status="offline"))["last_seen_at"] is None
        async with there.page(staff.gina) as gina:
            await hugo.sees(staff.gina, status="available")
            gina.idle()
            await hugo.sees(staff.gina, status="away")
            gina.active()
            await hugo.sees(staff.gina, status="available")
            left_at = staff.database.clock.now()
        await is_stored(there)
        let_pass(ABSENT_SECONDS)
        gone = await hugo.sees(staff.gina, status="offline")
        assert gone["last_seen_at"][:16] == left_at.isoformat()[:16]
        assert hugo.statuses(staff.gina) == ["offline", "available", "away", "available", "offline"]


async def test_one_active_device_is_enough(staff: Staff) -> None:
    async with (
        office(staff.database) as here,
        office(staff.database) as there,
        here.page(staff.hugo) as hugo,
        here.page(staff.gina) as phone,
        there.page(staff.gina) as laptop,
        there.page(staff.gina) as tablet,
    ):
        hugo.show(staff.gina)
        await hugo.sees(staff.gina, status="available")
        for device in (phone, tablet):
            device.idle()
        laptop.idle()
        await hugo.sees(staff.gina, status="away")
        tablet.active()
        await hugo.sees(staff.gina, status="available")


async def test_who_is_back_within_seconds_was_never_gone(staff: Staff) -> None:
    async with office(staff.database) as here, here.page(staff.hugo) as hugo, here.page(staff.ida) as ida:
        hugo.show(staff.gina, staff.ida)
        async with here.page(staff.gina):
            await hugo.sees(staff.gina, status="available")
        let_pass(ABSENT_SECONDS - 1)
        async with here.page(staff.gina) as gina:
            let_pass(ABSENT_SECONDS)
            ida.idle()  # what comes later is told, so what was told before has come
            await hugo.sees(staff.ida, status="away")
            assert hugo.statuses(staff.gina)[-1] == "available"
            assert "offline" not in hugo.statuses(staff.gina)[1:]
            gina.idle()
            await hugo.sees(staff.gina, status="away")


async def test_what_is_set_by_hand_shows_at_once_and_ends_by_itself(staff: Staff) -> None:
    async with office(staff.database) as here, here.page(staff.hugo) as hugo, here.page(staff.gina):
        hugo.show(staff.gina)
        await hugo.sees(staff.gina, status="available")
        until = staff.database.clock.now() + timedelta(seconds=20)
        await setting.put_status(staff.database, staff.gina, StatusPut(status="do_not_disturb", until=until))
        assert (await hugo.sees(staff.gina, status="do_not_disturb"))["until"]
        lunch = CustomStatusPut(emoji="🍜", text="Lunch", until=until - timedelta(seconds=10))
        await setting.put_custom_status(staff.database, staff.gina, lunch)
        await eventually(lambda: hugo.held[str(staff.gina.person_id)]["custom"])
        assert hugo.held[str(staff.gina.person_id)]["custom"]["text"] == "Lunch"
        # Nothing but the time passes: by the clock of the house, and by that of the loop that waits for the end.
        pass_by(staff, seconds=11)
        await hugo.sees(staff.gina, custom=None, status="do_not_disturb")
        pass_by(staff, seconds=10)
        await hugo.sees(staff.gina, status="available", until=None)


def pass_by(staff: Staff, seconds: int) -> None:
    staff.database.clock.move(timedelta(seconds=seconds))
    let_pass(seconds)


async def test_nothing_is_read_or_sent_for_whom_nobody_looks_at(staff: Staff) -> None:
    async with office(staff.database) as here, office(staff.database) as there, here.page(staff.hugo) as hugo:
        hugo.show(staff.ida)
        await hugo.sees(staff.ida, status="offline")
        await is_stored(here)
        read, told = here.database.statements, len(hugo.frames)
        async with AsyncExitStack() as everybody:
            for _ in range(20):
                page = await everybody.enter_async_context(there.page(new_id()))
                page.idle()
            async with there.page(staff.gina) as gina:
                for _ in range(3):
                    gina.idle()
                    await is_stored(there)
                    gina.active()
                    await is_stored(there)
                assert (here.database.statements, len(hugo.frames)) == (read, told)
            async with there.page(staff.ida):
                await hugo.sees(staff.ida, status="available")
                assert here.database.statements == read + 1, "one reading for all who look"


async def test_all_who_look_cost_one_reading_and_one_frame(staff: Staff) -> None:
    async with office(staff.database) as here, AsyncExitStack() as everybody:
        pages = [await everybody.enter_async_context(here.page(staff.hugo.person_id)) for _ in range(50)]
        for page in pages:
            page.show(staff.gina, staff.ida)
        for page in pages:
            await page.sees(staff.gina, status="offline")
        await is_stored(here)
        before = here.database.statements
        await setting.put_status(staff.database, staff.gina, StatusPut(status="do_not_disturb"))
        for page in pages:
            await page.sees(staff.gina, status="do_not_disturb")
        assert here.database.statements == before + 1
        assert {page.socket.texts[-1] for page in pages} == {pages[0].socket.texts[-1]}


async def test_the_people_of_a_process_that_died_are_offline_once_its_heartbeat_expires(staff: Staff) -> None:
    async with office(staff.database) as here, here.page(staff.hugo) as hugo:
        hugo.show(staff.gina)
        dying = Office(staff.database)
        await dying.presence.start()
        await dying.hub.start()
        async with dying.page(staff.gina):
            await hugo.sees(staff.gina, status="available")
            await dying.presence.stop()  # it beats no more, and said nothing
            staff.database.clock.move(EXPIRY)
            let_pass(BEAT_SECONDS)
            gone = await hugo.sees(staff.gina, status="offline")
            assert gone["last_seen_at"] is not None
            assert hugo.statuses(staff.hugo) == []
        await dying.hub.stop()


async def test_a_process_that_was_taken_for_dead_brings_its_people_back(staff: Staff) -> None:
    async with office(staff.database) as here, office(staff.database) as there, here.page(staff.hugo) as hugo:
        hugo.show(staff.gina)
        async with there.page(staff.gina):
            await hugo.sees(staff.gina, status="available")
            await is_stored(there)
            # As after a crash of PostgreSQL, which empties what is not logged.
            await staff.database.execute("DELETE FROM presence_processes")
            let_pass(BEAT_SECONDS)
            await eventually(lambda: there_are_connections(staff))
            assert (await hugo.sees(staff.gina, status="available"))["status"]


async def there_are_connections(staff: Staff) -> bool:
    return bool(
        await staff.database.fetchval(
            "SELECT true FROM presence_connections WHERE person_id = $1", staff.gina.person_id
        )
    )


async def test_only_employees_see_employees_and_nobody_sees_customers(staff: Staff) -> None:
    root = await administrator(staff.database)
    async with (
        office(staff.database) as here,
        here.page(staff.ann, employee=False) as ann,
        here.page(staff.hugo) as hugo,
        here.page(staff.gina) as gina,
    ):
        ann.show(staff.gina)
        hugo.show(staff.gina, staff.ann, new_id())
        await hugo.sees(staff.gina, status="available")
        assert [each["status"] for each in hugo.held.values()].count("offline") == 2, "like one who does not exist"
        await people.change_person(staff.database, root, staff.gina.person_id, PersonChanges(roles=["customer"]))
        assert await hugo.sees(staff.gina, status="offline", last_seen_at=None, custom=None)
        assert ann.frames == []
        # Who is no employee any more is told nothing more, from the commit on.
        hugo.somebody.may_follow = frozenset((staff.hugo.person_id,))
        await people.change_person(staff.database, root, staff.hugo.person_id, PersonChanges(roles=["customer"]))
        await eventually(lambda: hugo.somebody.asked > 1)
        told = len(hugo.frames)
        await people.change_person(staff.database, root, staff.gina.person_id, PersonChanges(roles=["employee"]))
        gina.idle()
        await is_stored(here)
        await settle()
        assert len(hugo.frames) == told


async def test_when_somebody_was_last_seen_can_be_hidden(staff: Staff) -> None:
    async with office(staff.database) as here, here.page(staff.hugo) as hugo:
        hugo.show(staff.gina)
        async with here.page(staff.gina):
            await hugo.sees(staff.gina, status="available")
        await is_stored(here)
        let_pass(ABSENT_SECONDS)
        assert (await hugo.sees(staff.gina, status="offline"))["last_seen_at"]
        await setting.put_last_seen(staff.database, staff.gina, LastSeenPut(hidden=True))
        await hugo.sees(staff.gina, status="offline", last_seen_at=None)


async def test_too_many_people_at_once_close_the_connection(staff: Staff) -> None:
    async with office(staff.database) as here, here.page(staff.hugo) as hugo:
        hugo.show(*(new_id() for _ in range(1_000)))
        await eventually(lambda: hugo.frames)
        assert len(hugo.held) == 1_000
        hugo.show(*(new_id() for _ in range(1_001)))
        await eventually(lambda: hugo.socket.close_code)
        assert hugo.socket.close_code == 4400


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["comes", "goes", "rests", "works", "sets", "unsets", "says", "shows", "waits", "gap"]),
        st.integers(0, 2),
        st.integers(0, 1),
    ),
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_a_snapshot_and_its_frames_are_the_snapshot_read_anew(
    staff: Staff, script: Sequence[tuple[str, int, int]]
) -> None:
    who = [staff.gina, staff.hugo, staff.ida]
    async with AsyncExitStack() as running:
        offices = [await running.enter_async_context(office(staff.database)) for _ in range(2)]
        watcher = await running.enter_async_context(offices[0].page(staff.hugo))
        watcher.show(*who)
        pages: list[tuple[SignedIn, AsyncExitStack, Page]] = []
        for what, person, place in script:
            mine = [each for each in pages if each[0] is who[person]]
            match what:
                case "comes":
                    stack = AsyncExitStack()
                    page = await stack.enter_async_context(offices[place].page(who[person]))
                    pages.append((who[person], stack, page))
                case "goes" if mine:
                    pages.remove(mine[0])
                    await mine[0][1].aclose()
                case "rests" if mine:
                    mine[-1][2].idle()
                case "works" if mine:
                    mine[0][2].active()
                case "sets":
                    given_ = StatusPut(status=("away", "do_not_disturb")[place])
                    await setting.put_status(staff.database, who[person], given_)
                case "unsets":
                    await setting.put_status(staff.database, who[person], StatusPut(status=None))
                case "says":
                    await setting.put_custom_status(staff.database, who[person], CustomStatusPut(text=f"No {place}"))
                case "shows":
                    watcher.show(*who)
                case "waits":
                    let_pass(ABSENT_SECONDS)
                case "gap":
                    offices[place].presence._watching.doubt_everybody()
                case _:
                    pass
            await settle()
        let_pass(ABSENT_SECONDS)
        for each in offices:
            await is_stored(each)
        anew = await running.enter_async_context(offices[1].page(staff.ann.person_id))
        anew.show(*who)
        await eventually(lambda: anew.frames)
        await eventually(lambda: watcher.held == anew.held, lambda: (watcher.held, anew.held))
        for _, stack, _ in pages:
            await stack.aclose()
        let_pass(ABSENT_SECONDS)
        for each in offices:
            await is_stored(each)


async def is_stored(there: Office) -> None:
    """Waits until a process has stored all that happened at it."""
    tracker = there.presence._tracker

    def look() -> bool:
        return not tracker._doubtful and all(
            tracker._stored.get(person) == any(mine.values()) for person, mine in tracker._connections.items()
        )

    await asyncio.sleep(0)
    await eventually(look)
