"""One connection: it never waits for its reader, and never remembers more of it than its bounds."""

import asyncio

import pytest

from estafette.base.ids import new_id
from estafette.realtime import Connection
from estafette.realtime.connection import GOODBYE_SECONDS, MAX_WAITING_CHARACTERS, MAX_WAITING_FRAMES
from estafette.realtime.frames import Frame
from estafette.realtime.models import Close
from tests.loop_time import let_pass
from tests.realtime.fakes import FakeSocket, Somebody, settle, stage
from tests.waiting import PATIENCE


def held_by(one: Connection) -> tuple[int, int]:
    return len(one._frames) + len(one._held or ()), one._characters


async def test_frames_arrive_in_the_order_in_which_they_were_pushed() -> None:
    socket = FakeSocket()
    one = Connection(socket, Somebody().subscriber())
    for number in range(100):
        one.push(Frame(f'{{"type":"t","n":{number}}}'))
    await settle()
    assert [each["n"] for each in socket.sent] == list(range(100))


@pytest.mark.parametrize("characters", [20, 5_000])
async def test_a_reader_who_stops_is_closed_with_4429_and_costs_no_more_than_the_bounds(characters: int) -> None:
    socket = FakeSocket()
    socket.stall()
    one = Connection(socket, Somebody().subscriber())
    frame = Frame('"' + "x" * characters + '"')
    for _ in range(10_000):
        one.push(frame)
        frames, waiting = held_by(one)
        assert frames <= MAX_WAITING_FRAMES
        assert waiting <= MAX_WAITING_CHARACTERS
        await asyncio.sleep(0)
    assert held_by(one) == (0, 0)
    socket.read_on()
    await settle()
    assert socket.close_code == Close.TOO_SLOW == 4429
    assert len(socket.sent) == 0  # the frame under way was given up with the rest


async def test_frames_kept_back_during_a_question_count_too() -> None:
    somebody = Somebody()
    one = Connection(FakeSocket(), somebody.subscriber())
    one.hold()
    for _ in range(10_000):
        one.push_about(frozenset([somebody.id]), Frame('"x"'))
        assert held_by(one)[0] <= MAX_WAITING_FRAMES
    assert held_by(one) == (0, 0)


async def test_what_was_kept_back_is_counted_once(somebody: Somebody) -> None:
    socket = FakeSocket()
    one = Connection(socket, somebody.subscriber())
    one.hold()
    for _ in range(10):
        one.push_about(frozenset([somebody.id]), Frame('"mine"'))
        one.push_about(frozenset([new_id()]), Frame('"not mine"'))
    one.release(frozenset([somebody.id]))
    await settle()
    assert socket.texts == ['"mine"'] * 10
    assert held_by(one) == (0, 0)


async def test_a_reader_who_never_comes_back_is_let_go() -> None:
    async with stage() as here:
        somebody = Somebody()
        socket = FakeSocket()
        serving = asyncio.create_task(here.hub.serve(socket, somebody.subscriber()))
        await settle()
        socket.stall()
        place = new_id()
        for number in range(MAX_WAITING_FRAMES * 3):
            here.bus.hint(place, number, number + 1, somebody.id)
            await asyncio.sleep(0)
        assert not serving.done()
        # It neither reads nor hangs up; the hub does not wait for it longer than for its last word.
        let_pass(GOODBYE_SECONDS)
        async with asyncio.timeout(PATIENCE):
            await serving
        assert here.hub.connections == 0
        assert not here.hub._subscribers.any_of([somebody.id])


async def test_closing_twice_says_the_first_reason() -> None:
    socket = FakeSocket()
    one = Connection(socket, Somebody().subscriber())
    one.close(Close.SIGNED_OUT)
    one.close(Close.RESTART)
    one.push(Frame('"late"'))
    await one.closed()
    assert socket.close_code == 4401
    assert socket.sent == []


@pytest.fixture
def somebody() -> Somebody:
    return Somebody()
