"""A person may have so many connections; one more closes the oldest, and nobody else's."""

from contextlib import AsyncExitStack

from estafette.base.ids import new_id
from estafette.realtime.connections import MOST_OF_ONE_PERSON
from tests.realtime.fakes import FakeSocket, Somebody, settle, stage


async def test_the_oldest_connection_of_a_person_goes_when_there_are_too_many() -> None:
    async with stage() as here, AsyncExitStack() as doors:
        ann, ben = Somebody(), Somebody()
        bens = await doors.enter_async_context(here.connected(ben))
        anns: list[FakeSocket] = []
        for _ in range(MOST_OF_ONE_PERSON + 2):
            anns.append(await doors.enter_async_context(here.connected(ann)))
            await settle()
        assert [socket.close_code for socket in anns[:3]] == [4409, 4409, None]
        assert {socket.close_code for socket in anns[2:]} == {None}
        assert bens.close_code is None
        assert here.hub.connections == MOST_OF_ONE_PERSON + 1

        place = new_id()
        here.bus.hint(place, 0, 1, ann.id)
        await settle()
        assert [socket.spans(place) for socket in anns] == [[], []] + [[(0, 1)]] * MOST_OF_ONE_PERSON


async def test_who_closes_makes_room() -> None:
    async with stage() as here, AsyncExitStack() as doors:
        ann = Somebody()
        first = await doors.enter_async_context(here.connected(ann))
        for _ in range(MOST_OF_ONE_PERSON):
            async with here.connected(ann):
                await settle()
        assert first.close_code is None
        assert here.hub.connections == 1


async def test_who_does_not_take_leave_makes_room_as_well() -> None:
    async with stage() as here, AsyncExitStack() as doors:
        ann = Somebody()
        stuck = await doors.enter_async_context(here.connected(ann))
        await settle()
        stuck.stall()
        others = [await doors.enter_async_context(here.connected(ann)) for _ in range(MOST_OF_ONE_PERSON)]
        await settle()
        others.append(await doors.enter_async_context(here.connected(ann)))
        await settle()
        # The stuck one is on its way out and counts no more: only one further had to go.
        assert [socket.close_code for socket in others[:2]] == [4409, None]
        stuck.read_on()
        await settle()
        assert stuck.close_code == 4409
