"""When events were lost: nobody keeps what they lost the right to, and one bad stream stops no other."""

from typing import Any
from uuid import UUID

from estafette import conversations
from estafette.base.ids import new_id
from estafette.conversations.actions import feeding
from tests.realtime.fakes import Somebody, settle, stage
from tests.waiting import eventually
from tests.world import World


async def test_who_was_revoked_while_the_bus_was_down_is_cut_off_when_it_is_back() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            ann.may_follow = None
            here.bus.break_and_mend()
            here.bus.hint(place, 0, 1, ann.id)
            await eventually(lambda: socket.close_code == 4401)
            assert socket.spans(place) == []


async def test_a_stream_that_cannot_be_read_stops_no_other() -> None:
    async with stage() as here:
        ann, good, bad = Somebody(), new_id(), new_id()
        read = here.reader.__class__.__call__

        async def trips(self: Any, spans: Any) -> Any:
            if any(span[0] == bad for span in spans):
                raise ValueError("a row of another version")
            return await read(self, spans)

        here.hub._feeds._readers = {"conversation": lambda spans: trips(here.reader, spans)}
        async with here.connected(ann) as socket:
            here.bus.hint(bad, 0, 1, ann.id)
            here.bus.hint(good, 0, 1, ann.id)
            await settle(50)
            assert socket.spans(good) == [(0, 1)]


async def frames_of(world: World, place: UUID, after: int, until: int) -> list[tuple[int, int]]:
    parties = (world.ann.person_id, world.chateau)
    found = await conversations.read_frames(world.database, [(place, after, until, parties)])
    return [(number, len(frame)) for _, number, frame in found]


async def test_a_hint_of_what_was_never_committed_leads_nowhere(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    assert await frames_of(world, place, 2, 3) == []
    assert [number for number, _ in await frames_of(world, place, 1, 9)] == [2]


async def test_long_messages_come_in_several_frames_that_join(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    for _ in range(25):
        await world.say(world.ann, place, "x" * 10_000)
    frames = await frames_of(world, place, 2, 27)
    assert len(frames) == 3
    assert frames[-1][0] == 27
    assert max(size for _, size in frames) < 2 * feeding.FRAME_CHARACTERS
