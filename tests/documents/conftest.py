"""Gina and Hugo work here, Root registers systems, and what asks them."""

import secrets
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from estafette.accounts import SignedIn
from estafette.base.vault import Vault
from estafette.documents import Connectors, Documents
from estafette.documents.actions import cards, systems
from estafette.documents.actions.telling import tell_some
from estafette.documents.models.cards import DocumentCard
from estafette.documents.models.systems import DocumentSystem, NewSystem
from tests.documents.connector import CREDENTIAL, PATTERN, Doubtful, Example, doubtful, example, link
from tests.world import World, sign_in

GINA, HUGO = "gina@example.com", "hugo@example.com"


class Scene:
    """A world of employees, and a web process that asks for them."""

    def __init__(self, world: World, gina: SignedIn, hugo: SignedIn, vault: Vault, documents: Documents) -> None:
        self.world, self.gina, self.hugo, self.vault, self.documents = world, gina, hugo, vault, documents
        self.database, self.root = world.database, world.root

    async def register(self, url: str, pattern: str = PATTERN, **more: Any) -> DocumentSystem:
        """Root registers a system."""
        usual: dict[str, Any] = {"name": "Personnel", "patterns": [pattern], "credential": CREDENTIAL}
        given = NewSystem(**(usual | more), connector=url)
        return await systems.add_system(self.database, self.vault, self.root, given, private_addresses=True)

    async def card(self, who: SignedIn, document: str) -> DocumentCard:
        """What somebody sees of a document."""
        [found] = await cards.cards(self.documents, who, [link(document)])
        return found

    async def tell(self) -> None:
        """The worker tells whatever is due."""
        async with self.connectors() as connectors:
            while await tell_some(self.database, connectors):
                pass

    @asynccontextmanager
    async def connectors(self, **more: Any) -> AsyncGenerator[Connectors, None]:
        """What another process asks with."""
        connectors = Connectors(self.vault, self.database.clock, **{"private_addresses": True, **more})
        try:
            yield connectors
        finally:
            await connectors.close()


@pytest_asyncio.fixture
async def scene(world: World) -> AsyncGenerator[Scene, None]:
    """No system is registered yet."""
    vault = Vault(secrets.token_bytes(32))
    connectors = Connectors(vault, world.database.clock, private_addresses=True)
    gina = await sign_in(world.database, GINA, "Gina", "employee")
    hugo = await sign_in(world.database, HUGO, "Hugo", "employee")
    yield Scene(world, gina, hugo, vault, Documents(world.database, connectors))
    await connectors.close()


@pytest.fixture
def personnel(tmp_path: Path) -> Iterator[Example]:
    """The example of a connector, as a process of its own."""
    with example(tmp_path) as running:
        yield running


@pytest_asyncio.fixture
async def connector() -> AsyncGenerator[Doubtful, None]:
    """One that answers as it is told to."""
    async with doubtful() as running:
        yield running
