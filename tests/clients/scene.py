"""The register of clients in tests: attributes that everybody knows, and files that come in as from a browser."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

from estafette import clients
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.quotas import Quotas
from estafette.clients import NewAttribute, NewClient
from estafette.clients.actions import importing, keeping, looking, previewing, uploading
from estafette.clients.models.clients import Client, ClientDetails
from estafette.clients.models.imports import ClientImport, ImportPlan
from estafette.files import Storage, open_storage
from tests.world import World


class Register:
    """The register, with the verbs that tests use most; Root keeps it."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.database: Database = world.database
        self.root: SignedIn = world.root
        self.storage: Storage = open_storage(folder)

    async def attributes(self) -> None:
        """Where somebody lives, what they spent, since when they are clients, whether they are members, their tier."""
        for new in (
            NewAttribute(label="City", kind="text"),
            NewAttribute(label="Spent", kind="number"),
            NewAttribute(label="Since", kind="date"),
            NewAttribute(label="Member", kind="boolean"),
            NewAttribute(label="Tier", kind="choice", choices=["Gold", "Silver"]),
        ):
            await clients.add_attribute(self.database, self.root, new)

    async def add(self, name: str = "", **given: Any) -> ClientDetails:
        """A new client."""
        return await keeping.add_client(self.database, self.root, NewClient(name=name, **given))

    async def names(self, q: str | None = None, segment: UUID | None = None) -> list[str]:
        """The names that the list shows."""
        found = await looking.list_clients(self.database, self.root, q, segment, None, 100)
        return [each.name for each in found.items]

    async def everybody(self) -> list[Client]:
        """The whole list."""
        return (await looking.list_clients(self.database, self.root, None, None, None, 100)).items

    async def upload(self, content: str | bytes, name: str = "clients.csv") -> ClientImport:
        """A file."""
        data = content.encode() if isinstance(content, str) else content

        async def pieces() -> AsyncIterator[bytes]:
            yield data

        return await uploading.upload_file(self.database, self.storage, Quotas(), self.root, name, pieces())

    async def bring_in(self, content: str | bytes, **plan: Any) -> ClientImport:
        """A file that is imported to the end, its columns as guessed."""
        found = await self.upload(content)
        given: dict[str, Any] = {"columns": found.guesses, "match_by": "email", **plan}
        await previewing.start(self.database, self.root, found.id, ImportPlan(**given))
        while await importing.import_one(self.database, self.storage, asyncio.Event()):
            pass
        return await previewing.get_import(self.database, self.root, found.id)

    async def rejected(self, import_id: UUID) -> dict[int, tuple[str, str]]:
        """Field and code of each rejected line."""
        _, batches = await previewing.rejected_lines(self.database, self.root, import_id)
        return {each.line: (each.field, each.code) async for some in batches for each in some}
