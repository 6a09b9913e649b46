"""Whoever floods the server slows nobody else down: what counts is how long an ordinary person's messages take."""

from uuid import UUID

import pytest

from tests.fault.flooding import FRAMES, PATHS
from tests.fault.ordinary import beside_a_flood, beside_pictures, flooding, newcomer, ordinary, throttlings
from tests.processes import Site
from tests.waiting import eventually

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

MOST = 3.0
"""Times as long as usual. Without limits it was 200 to 700 times for frames, and 30 times for refused requests."""


@pytest.mark.parametrize("kind", FRAMES)
async def test_one_socket_does_not_stall_the_others(here: Site, kind: str) -> None:
    token = await here.token(await newcomer(here))
    assert (await beside_a_flood(here, kind, token)).ratio < MOST


@pytest.mark.parametrize("kind", PATHS)
async def test_refusals_cost_less_than_answers(here: Site, kind: str) -> None:
    token = "est_made-up" if kind == "made-up credentials" else ""
    assert (await beside_a_flood(here, kind, token)).ratio < MOST


async def test_one_account_that_sends_as_fast_as_it_can_does_not_hold_up_the_others(here: Site) -> None:
    ben = await newcomer(here)
    place = (await here.world.write(ben, here.world.chateau, "Hello")).conversation.id
    path = f"/api/v1/conversations/{place}/messages"

    async def begun() -> bool:
        return await ordinal_of_the_last(here, place) > 100

    assert (await beside_a_flood(here, "messages", await here.token(ben), path, begun=begun)).ratio < MOST


async def ordinal_of_the_last(here: Site, place: UUID) -> int:
    return await here.world.database.fetchval("SELECT last_ordinal FROM conversations WHERE id = $1", place)


async def test_heads_that_never_end_take_no_memory(here: Site) -> None:
    web = here.webs[0]
    async with ordinary(here) as person:
        await person.sends(20)
        before = web.memory
        throttled = throttlings(here)
        async with flooding(here, "heads"):
            await eventually(lambda: throttlings(here) > throttled)
            await person.sends(20)
            grown = web.memory - before
    print(f"heads that never end: the web process grows by {grown / 1e6:.0f} MB with 10 connections")
    assert grown < 60_000_000


async def test_twenty_hostile_pictures_at_once_do_not_hold_up_the_others(here: Site) -> None:
    # The last of all: what was uploaded is decoded until the end.
    assert (await beside_pictures(here, await here.token(await newcomer(here)))).ratio < MOST
