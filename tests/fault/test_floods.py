"""Whoever floods the server slows nobody else down: what counts is how long an ordinary person's messages take."""

import pytest

from tests.fault.flooding import FRAMES, PATHS
from tests.fault.ordinary import beside_a_flood, flooding, ordinary
from tests.processes import Site

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

MOST = 3.0
"""Times as long as usual. Without limits it was 200 to 700 times for frames, and 30 times for refused requests."""


@pytest.mark.parametrize("kind", FRAMES)
async def test_one_socket_does_not_stall_the_others(here: Site, kind: str) -> None:
    token = await here.token(here.world.ben)
    assert (await beside_a_flood(here, kind, token)).ratio < MOST


@pytest.mark.parametrize("kind", PATHS)
async def test_refusals_cost_less_than_answers(here: Site, kind: str) -> None:
    assert (await beside_a_flood(here, kind)).ratio < MOST


async def test_refusals_of_somebody_signed_in_cost_as_little(here: Site) -> None:
    token = await here.token(here.world.eva)
    assert (await beside_a_flood(here, "refused requests", token)).ratio < MOST


async def test_heads_that_never_end_take_no_memory(here: Site) -> None:
    web = here.webs[0]
    async with ordinary(here) as person:
        await person.sends(20)
        before = web.memory
        async with flooding(here, "heads"):
            await person.sends(40)
            grown = web.memory - before
    print(f"heads that never end: the web process grows by {grown / 1e6:.0f} MB with 100 connections")
    assert grown < 60_000_000
