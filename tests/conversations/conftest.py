"""What tests of conversations share."""

import pytest_asyncio

from tests.conversations.staff import Staff, hire
from tests.world import World


@pytest_asyncio.fixture
async def staff(world: World) -> Staff:
    """Gina, Hugo and Ida, employees."""
    return await hire(world)
