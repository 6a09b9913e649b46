"""After a gap in the bus not everybody reads the state anew at the same moment, and nobody is told a thing too soon."""

from contextlib import AsyncExitStack

import pytest

from estafette.base.ids import new_id
from estafette.realtime.welcoming import BETWEEN_WELCOMES, WELCOMES_AT_ONCE, WELCOMING_SECONDS, welcomes_at_once
from tests.loop_time import let_pass
from tests.realtime.fakes import FakeSocket, Somebody, contiguous, settle, stage

FEW = 3 * WELCOMES_AT_ONCE
LONG = 4.0


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, between two rounds the test has its say; no heart is listened to that early."""
    monkeypatch.setattr("estafette.realtime.welcoming.BETWEEN_WELCOMES", LONG)


def welcomed_again(sockets: list[FakeSocket]) -> list[FakeSocket]:
    return [socket for socket in sockets if socket.types().count("welcome") == 2]


@pytest.mark.usefixtures("slowly")
async def test_welcomes_come_bit_by_bit_and_what_happens_meanwhile_waits_for_them() -> None:
    async with stage() as here, AsyncExitStack() as doors:
        everywhere, place = new_id(), new_id()
        sockets = [await doors.enter_async_context(here.connected(Somebody(everywhere))) for _ in range(FEW)]
        here.bus.hint(place, 0, 1, everywhere)
        await settle()
        here.bus.break_and_mend()
        for step in range(3):
            await settle(100)
            here.bus.hint(place, step + 5, step + 6, everywhere)
            await settle(100)
            welcomed = welcomed_again(sockets)
            assert len(welcomed) == (step + 1) * WELCOMES_AT_ONCE
            assert all(socket.types()[:3] == ["welcome", "changes", "welcome"] for socket in welcomed)
            others = [socket for socket in sockets if socket not in welcomed]
            assert all(socket.types() == ["welcome", "changes"] for socket in others)
            let_pass(LONG)
        for socket in sockets:
            # What came in the gap is asked for; what came since the gap comes whole and in order.
            assert socket.spans(place)[0] == (0, 1)
            assert socket.spans(place)[1][0] == 5
            assert socket.spans(place)[-1][1] == 8
            assert contiguous(socket.spans(place)[1:])


@pytest.mark.usefixtures("slowly")
async def test_whose_rights_change_meanwhile_is_asked_about_at_once() -> None:
    async with stage() as here, AsyncExitStack() as doors:
        people = [Somebody() for _ in range(FEW)]
        sockets = [await doors.enter_async_context(here.connected(each)) for each in people]
        here.bus.break_and_mend()
        await settle(100)
        still = next(i for i, socket in enumerate(sockets) if socket.types() == ["welcome"])
        people[still].may_follow = None
        here.bus.identity(people[still].id)
        await settle(100)
        assert sockets[still].close_code == 4401
        for _ in range(3):
            let_pass(LONG)
            await settle(100)
        assert len(welcomed_again(sockets)) == FEW - 1


@pytest.mark.usefixtures("slowly")
async def test_a_gap_before_all_were_welcomed_begins_anew_and_forgets_nobody() -> None:
    async with stage() as here, AsyncExitStack() as doors:
        sockets = [await doors.enter_async_context(here.connected(Somebody())) for _ in range(FEW)]
        here.bus.break_and_mend()
        await settle(100)
        here.bus.break_and_mend()
        for _ in range(4):
            await settle(100)
            let_pass(LONG)
        welcomes = [socket.types().count("welcome") for socket in sockets]
        assert sorted(set(welcomes)) == [2, 3]
        assert welcomes.count(3) == WELCOMES_AT_ONCE


@pytest.mark.usefixtures("slowly")
async def test_who_comes_meanwhile_is_welcomed_at_once() -> None:
    async with stage() as here, AsyncExitStack() as doors:
        for _ in range(FEW):
            await doors.enter_async_context(here.connected(Somebody()))
        here.bus.break_and_mend()
        newest = await doors.enter_async_context(here.connected(Somebody()))
        await settle(100)
        assert newest.types() == ["welcome"]


def test_however_many_they_are_they_are_welcomed_in_time() -> None:
    for connections in (1, 100, 4_000, 20_000, 65_336):
        rounds = connections / welcomes_at_once(connections)
        assert (rounds - 1) * BETWEEN_WELCOMES <= WELCOMING_SECONDS
    assert welcomes_at_once(4_000) == WELCOMES_AT_ONCE
