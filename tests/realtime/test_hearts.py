"""Heartbeats: a silent side is a dead one."""

import asyncio

from estafette.base.ids import new_id
from tests.realtime.fakes import Somebody, settle, stage, until

TIMES = {"heartbeat_seconds": 0.04, "silence_seconds": 0.2}


async def test_a_client_that_says_nothing_for_too_long_is_closed_with_4408() -> None:
    async with stage(**TIMES) as here, here.connected(Somebody()) as socket:
        await until(lambda: socket.close_code)
        assert socket.close_code == 4408
        assert socket.types().count("beat") >= 2


async def test_a_client_that_answers_stays_even_when_the_connection_is_busy() -> None:
    async with stage(**TIMES) as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            answered = 0
            for number in range(120):
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
        await settle()
        assert socket.close_code == 4408
