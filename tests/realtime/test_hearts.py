"""Heartbeats: a silent side is a dead one."""

from estafette.base.ids import new_id
from estafette.realtime.models import HEARTBEAT_SECONDS, SILENCE_SECONDS
from tests.loop_time import let_pass
from tests.realtime.fakes import FakeSocket, Somebody, settle, stage
from tests.waiting import eventually


async def beats_after(socket: FakeSocket, seconds: float) -> None:
    """Lets time pass, after which a client is asked once more whether it is there."""
    heard = socket.types().count("beat")
    let_pass(seconds)
    await eventually(lambda: socket.types().count("beat") == heard + 1)


async def test_a_client_that_says_nothing_for_too_long_is_closed_with_4408() -> None:
    async with stage() as here, here.connected(Somebody()) as socket:
        await beats_after(socket, HEARTBEAT_SECONDS)
        await beats_after(socket, HEARTBEAT_SECONDS)
        assert socket.close_code is None
        let_pass(SILENCE_SECONDS - 2 * HEARTBEAT_SECONDS + 1)
        await eventually(lambda: socket.close_code)
        assert socket.close_code == 4408
        assert socket.types().count("beat") == 2


async def test_a_client_that_answers_stays_even_when_the_connection_is_busy() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann, answers_beats=True) as socket:
            for number in range(10):
                here.bus.hint(place, number, number + 1, ann.id)  # frames keep coming, and still it is asked
                await beats_after(socket, HEARTBEAT_SECONDS)
                assert socket.spans(place)[-1] == (number, number + 1)
                await settle()  # it has answered
            assert socket.close_code is None


async def test_a_client_that_does_not_read_is_found_dead_too() -> None:
    async with stage() as here, here.connected(Somebody()) as socket:
        socket.stall()
        let_pass(HEARTBEAT_SECONDS)
        await settle()
        let_pass(SILENCE_SECONDS)
        await eventually(lambda: all(each.is_closing for each in here.hub._connections))
        socket.read_on()
        await eventually(lambda: socket.close_code)
        assert socket.close_code == 4408
