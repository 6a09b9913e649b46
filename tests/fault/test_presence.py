"""A process that is killed takes its people offline for everybody else, and says nothing about it."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from estafette.presence.store.connections import EXPIRY
from tests.live.test_kinds import hire
from tests.live.test_presence import sees
from tests.processes import Site, site

pytestmark = pytest.mark.fault


@pytest_asyncio.fixture(loop_scope="session")
async def fragile(server: str) -> AsyncGenerator[Site, None]:
    """A site of its own, of which a process may be killed."""
    async with site(server, webs=2) as started:
        yield started


async def test_who_was_connected_to_a_killed_process_is_offline_for_the_others(fragile: Site) -> None:
    gina, hugo = await hire(fragile, 0), await hire(fragile, 1)
    async with hugo.live.connected():
        await hugo.live.say({"type": "show_presence", "people": [gina.id]})
        async with gina.live.connected():
            await sees(hugo, gina, "available")
            fragile.webs[0].kill()
            # The time in which it does not beat passes at once; those that live move their own expiry on again.
            await fragile.world.database.execute(
                "UPDATE presence_processes SET expires_at = expires_at - $1::interval", EXPIRY
            )
            await sees(hugo, gina, "offline")
        told = {each["id"]: each for each in (await hugo.does("GET", f"/presence?people={gina.id}"))["items"]}
        assert told[gina.id]["last_seen_at"] is not None
        await hugo.live.say({"type": "show_presence", "people": [gina.id, hugo.id]})
        await sees(hugo, hugo, "available")  # the one that lives holds its own people
