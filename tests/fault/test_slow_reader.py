"""A reader who stops reading: the server forgets them in time, and they miss nothing all the same."""

import asyncio
import json
import socket
import time
from uuid import uuid4

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from estafette import accounts, conversations
from tests.live.client import LiveClient, Reader, Thread
from tests.processes import Site, Web, new_token
from tests.waiting import PATIENCE
from tests.world import sign_in

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]

CHANGES, AT_ONCE, STALLED = 4_800, 40, 10
# By then nobody's bounds and no buffers of the system have room any more.
FULL_AFTER = 1_200
TEXT = "x" * 9_900
# Without bounds the 48 MB that are sent would lie in the server; what is allowed to wait is 4 MB for each reader, and
# readers share frames.
MEMORY_GROWTH = 25_000_000
DELAY_SECONDS = 5.0


async def test_readers_who_stop_while_50_megabytes_are_sent_cost_little_and_resume_whole(here: Site) -> None:
    world, web = here.world, here.webs[0]
    partner = (await accounts.make_partner(world.database, f"Partner {uuid4().hex}")).id
    who, member = [await sign_in(world.database, f"{uuid4().hex}@example.com", name) for name in ("Ann", "Bo")]
    await accounts.add_member(world.database, partner, member.person_id, "owner")
    place = (await world.write(who, partner, "Hello")).conversation.id
    reader = Reader(here.http, web.url, await new_token(world, member))
    stalled = [await stop_reading(web, reader.token) for _ in range(STALLED)]
    held = [await reader.history(str(place)) for _ in range(STALLED)]
    some = STALLED // 2

    async with LiveClient(reader).connected() as attentive:
        before, most, longest = web.memory, 0, 0.0
        for first in range(0, CHANGES, AT_ONCE):
            sent = await asyncio.gather(*(world.say(who, place, f"{first + n} {TEXT}") for n in range(AT_ONCE)))
            begun = time.monotonic()
            await attentive.holds(str(place), max(each.number for each in sent))
            longest = max(longest, time.monotonic() - begun)
            most = max(most, web.memory)
            if first < FULL_AFTER:
                # What they are let go for is all that lies unread, and not silence: on a slow machine this takes long.
                await asyncio.gather(*(each.send('{"type":"beat"}') for each in stalled))
            if first == FULL_AFTER:
                # Who reads on soon is told why it was let go; for others the last word does not wait for ever.
                codes = [await read_to_the_end(*each) for each in zip(stalled[:some], held[:some], strict=True)]
                assert codes == [4429] * some
        assert most - before < MEMORY_GROWTH
        assert longest < DELAY_SECONDS
        # Who reads was never cut off because of those who do not.
        assert attentive.welcomes == 1

    fresh = await reader.history(str(place))
    assert len(fresh.messages) > CHANGES
    for one, thread in zip(stalled[some:], held[some:], strict=True):
        assert await read_to_the_end(one, thread) in (4429, 1006)
    assert all(thread.number < fresh.number for thread in held)
    # Two of each kind: all of them would read half a gigabyte in the same way.
    for thread in (*held[:2], *held[-2:]):
        await reader.catch_up(str(place), thread)
        assert thread == fresh


async def test_a_reader_who_reads_is_not_thrown_out_by_a_burst_of_long_messages(here: Site) -> None:
    world = here.world
    place = (await world.write(world.ben, world.bakery, "Hello")).conversation.id
    reader = Reader(here.http, here.webs[1].url, await new_token(world, world.eva))
    async with LiveClient(reader).connected() as attentive:
        writing = [world.say(world.ben, place, f"{number} {'x' * 9_990}") for number in range(400)]
        sent = await asyncio.gather(*writing)
        await attentive.holds(str(place), max(each.number for each in sent))
        ben, first = world.ben.person_id, sent[0].id
        editing = [
            conversations.edit_message(world.database, ben, place, first, f"{n} {'y' * 9_990}") for n in range(100)
        ]
        edited = await asyncio.gather(*editing)
        await attentive.holds(str(place), max(each.number for each in edited))
        assert attentive.welcomes == 1


async def stop_reading(web: Web, token: str) -> ClientConnection:
    """A connection that takes its welcome and then leaves everything lying."""
    # A small window: what the system takes in for a program that does not read tells nothing about the server.
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8_192)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", web.port))
    one = await connect(
        f"{web.url.replace('http', 'ws', 1)}/api/v1/live",
        sock=narrow,
        additional_headers={"Authorization": f"Bearer {token}"},
        ping_interval=None,
        max_size=None,
        max_queue=1,
        compression=None,
        close_timeout=1,
    )
    assert json.loads(await one.recv())["type"] == "welcome"
    return one


async def read_to_the_end(one: ClientConnection, thread: Thread) -> int | None:
    """Reads on, applies what joins, and returns the code with which the server had ended the connection."""
    try:
        while True:
            async with asyncio.timeout(PATIENCE):
                frame = json.loads(await one.recv())
            if frame["type"] == "changes" and frame["after"] <= thread.number < frame["until"]:
                thread.apply(frame["changes"], frame["until"])
    except ConnectionClosed:
        return one.close_code
