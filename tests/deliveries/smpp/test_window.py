"""Places for messages that are unanswered."""

import asyncio

import pytest

from estafette.deliveries.transports.smpp.window import FIRST, Window


async def test_a_place_that_came_when_nobody_wanted_it_any_more_is_free_again() -> None:
    window = Window(1)
    assert await window.take(1)
    waiting = asyncio.create_task(window.take(1))
    await asyncio.sleep(0)
    window.free(answered=True)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    async with asyncio.timeout(1):
        assert await window.room() == 1


async def test_who_waits_too_long_goes_and_leaves_the_turn_to_the_next() -> None:
    window = Window(1)
    assert await window.take(1)
    impatient, patient = asyncio.create_task(window.take(0.01)), asyncio.create_task(window.take(5))
    assert not await impatient
    window.free(answered=True)
    assert await patient


async def test_who_came_first_is_let_in_first() -> None:
    window = Window(1)
    await window.take(1)
    order: list[int] = []

    async def wait(number: int) -> None:
        assert await window.take(5)
        order.append(number)
        window.free(answered=True)

    waiting = [asyncio.create_task(wait(number)) for number in range(5)]
    await asyncio.sleep(0)
    window.free(answered=True)
    await asyncio.gather(*waiting)
    assert order == [0, 1, 2, 3, 4]


async def test_it_grows_with_answers_and_not_with_silence() -> None:
    window = Window(FIRST + 2)
    for answered, room in [(False, FIRST), (True, FIRST + 1), (True, FIRST + 2), (True, FIRST + 2)]:
        assert await window.take(1)
        window.free(answered=answered)
        assert await window.room() == room


async def test_closed_it_lets_nobody_in_and_keeps_nobody_waiting() -> None:
    window = Window(1)
    await window.take(1)
    waiting = asyncio.create_task(window.take(5))
    await asyncio.sleep(0)
    window.close()
    assert not await waiting
    window.free(answered=False)
    assert not await window.take(5)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await window.room()
