"""Heartbeats: a silent side is a dead one."""

import asyncio
import itertools
import time

from estafette.base.ids import new_id
from tests.realtime.fakes import Somebody, settle, stage, until

# Long enough that a machine which is busy for a moment does not look like a silent client.
TIMES = {"heartbeat_seconds": 0.05, "silence_seconds": 0.5}


async def test_a_client_that_says_nothing_for_too_long_is_closed_with_4408() -> None:
    async with stage(**TIMES) as here, here.connected(Somebody()) as socket:
        await until(lambda: socket.close_code)
        assert socket.close_code == 4408
        assert socket.types().count("beat") >= 2


async def test_a_client_that_answers_stays_even_when_the_connection_is_busy() -> None:
    async with stage(heartbeat_seconds=0.05, silence_seconds=1.0) as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            answered, begun = 0, time.monotonic()
            for number in itertools.takewhile(lambda _: time.monotonic() < begun + 1.5, itertools.count()):
                here.bus.hint(place, number, number + 1, ann.id)  # frames keep coming, and still it is asked
                await asyncio.sleep(0.005)
                if (beats := socket.types().count("beat")) > answered:
                    answered = beats
                    socket.say({"type": "beat"})
            assert socket.close_code is None
            assert answered >= 4


async def test_a_client_that_does_not_read_is_found_dead_too() -> None:
    async with stage(**TIMES) as here, here.connected(Somebody()) as socket:
        await settle()
        socket.stall()
        await asyncio.sleep(TIMES["silence_seconds"] * 2)
        socket.read_on()
        await until(lambda: socket.close_code)
        assert socket.close_code == 4408
