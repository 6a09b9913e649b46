"""What live delivery costs the database: one reading a change, however many listen, and none for nobody."""

import asyncio
from functools import partial

from estafette import conversations
from estafette.realtime import Hub, read_party_frames
from tests.realtime.fakes import FRAME, IDENTITY, FakeBus, FakeSocket, Somebody, settle
from tests.waiting import eventually
from tests.world import World


def hub_of(world: World, bus: FakeBus) -> Hub:
    readers = {
        "conversation": partial(conversations.read_frames, world.database),
        "party": partial(read_party_frames, world.database),
    }
    return Hub(
        bus,
        readers,
        frame_event=FRAME,
        identity_event=IDENTITY,
        followers_among=partial(conversations.members_among, world.database),
    )


async def test_one_statement_tells_any_number_of_listeners_and_none_tells_nobody(world: World) -> None:
    bus = FakeBus()
    hub = hub_of(world, bus)
    await hub.start()
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    before = world.database.statements
    bus.hint(place, 1, 2, world.ann.person_id, world.chateau)
    await settle(100)
    assert world.database.statements == before

    sockets = [FakeSocket() for _ in range(100)]
    serving = [asyncio.create_task(hub.serve(each, Somebody(world.chateau).subscriber())) for each in sockets]
    await settle()
    bus.hint(place, 1, 2, world.ann.person_id, world.chateau)
    await eventually(lambda: all(len(each.sent) == 2 for each in sockets))
    assert world.database.statements == before + 1
    [change] = sockets[0].sent[1]["changes"]
    assert change["message"]["text"] == "Hello"
    await hub.stop()
    await asyncio.gather(*serving)
