"""A fresh register."""

from pathlib import Path

import pytest_asyncio

from tests.clients.scene import Register
from tests.world import World


@pytest_asyncio.fixture
async def register(world: World, tmp_path: Path) -> Register:
    """A register without clients, with attributes."""
    made = Register(world, tmp_path / "files")
    await made.attributes()
    return made
