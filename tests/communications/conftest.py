"""A gateway and a worker, one round at a time."""

import pytest_asyncio

from tests.communications.scene import Scene
from tests.world import World


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    """Nobody in the register, and a gateway for all channels."""
    return await Scene(world).begin()
