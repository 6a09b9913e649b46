"""Places for messages that are unanswered."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import pytest

from estafette.deliveries.transports.smpp.window import FIRST, Window
from tests.loop_time import let_pass
from tests.waiting import turns

T = TypeVar("T")


async def test_a_place_that_came_when_nobody_wanted_it_any_more_is_free_again() -> None:
    window = Window(1)
    assert await window.take(1)
    waiting = asyncio.create_task(window.take(1))
    await asyncio.sleep(0)
    window.free(answered=True)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await at_once(window.capacity()) == 1


async def test_who_waits_too_long_goes_and_leaves_the_turn_to_the_next() -> None:
    window = Window(1)
    assert await window.take(1)
    impatient, patient = asyncio.create_task(window.take(3)), asyncio.create_task(window.take(5))
    await turns()
    let_pass(3)
    assert not await at_once(impatient)
    window.free(answered=True)
    assert await at_once(patient)


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
    for answered, capacity in [(False, FIRST), (True, FIRST + 1), (True, FIRST + 2), (True, FIRST + 2)]:
        assert await window.take(1)
        window.free(answered=answered)
        assert await window.capacity() == capacity


async def test_closed_it_lets_nobody_in_and_keeps_nobody_waiting() -> None:
    window = Window(1)
    await window.take(1)
    waiting = asyncio.create_task(window.take(5))
    await asyncio.sleep(0)
    window.close()
    assert not await waiting
    window.free(answered=False)
    assert not await window.take(5)
    capacity = asyncio.create_task(window.capacity())
    await turns()
    assert not capacity.done()
    capacity.cancel()


async def at_once(awaited: Awaitable[T]) -> T:
    """What comes without any time passing."""
    coming = asyncio.ensure_future(awaited)
    await turns()
    assert coming.done()
    return coming.result()
