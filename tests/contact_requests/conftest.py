"""The world with adverts: people who can be reached, a wedding and a tour at the château, a cake of the bakery."""

import pytest_asyncio

from tests.contact_requests.scene import Scene, make_scene
from tests.world import World


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    """A fresh world with adverts."""
    return await make_scene(world)
