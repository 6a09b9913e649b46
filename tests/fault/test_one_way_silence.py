"""A network that carries bytes one way only: both sides find out by their missing beats, and nothing is missed."""

import asyncio
import time

import pytest

from estafette.realtime.models import HEARTBEAT_SECONDS, SILENCE_SECONDS
from tests.fault.proxy import Proxy, proxy
from tests.live.client import LiveClient, Reader
from tests.processes import Site
from tests.waiting import eventually

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]

# The server looks at its connections four times a heartbeat, and waits ten seconds for the answer to its goodbye; the
# rest is for a machine that is busy.
LATEST = SILENCE_SECONDS + HEARTBEAT_SECONDS / 4 + 10 + 15


async def test_silence_in_either_direction_is_noticed_and_made_up_for(here: Site) -> None:
    world, web = here.world, here.webs[0]
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    async with proxy(web.port) as deaf, proxy(web.port) as mute:
        hears_nothing = await through(here, deaf)
        is_not_heard = await through(here, mute)
        async with hears_nothing.connected(), is_not_heard.connected():
            deaf.go_silent("to the client")
            mute.go_silent("to the server")
            begun = time.monotonic()
            for number in range(20):
                await world.say(world.claire, place, f"{number}")
            await asyncio.gather(comes_back(hears_nothing, begun), comes_back(is_not_heard, begun))
            # The server told the one that could still hear why it was let go; the other found out by itself.
            assert is_not_heard.closes == [4408]
            assert hears_nothing.closes != [4408]
            fresh = await Reader(here.http, web.url, hears_nothing.reader.token).everything()
            assert hears_nothing.threads == fresh
            assert is_not_heard.threads == fresh


async def through(here: Site, between: Proxy) -> LiveClient:
    # HTTP goes the same way as the socket: all that the client has is this network.
    return LiveClient(Reader(here.http, between.url, await here.token(here.world.ann)))


async def comes_back(client: LiveClient, begun: float) -> None:
    """Waits for the second welcome, which comes when silence has lasted long enough and not earlier."""
    await eventually(lambda: client.welcomes >= 2 and client.up_to_date.is_set(), patience=LATEST + 5)
    assert SILENCE_SECONDS - 1 <= time.monotonic() - begun <= LATEST
