"""Messages that can be searched, in the words of people."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from estafette import search
from estafette.base.database import Database
from estafette.base.ids import new_id

START = datetime(2026, 1, 1, tzinfo=UTC)


class Index:
    """Indexes messages under names and says under which names something is found."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.ann = new_id()
        self.container = new_id()
        self.ids: dict[str, UUID] = {}
        self._minutes = itertools.count()

    async def put(
        self,
        name: str,
        text: str,
        *,
        version: int = 1,
        audience: list[UUID] | None = None,
        container: UUID | None = None,
        kind: str = "message",
    ) -> None:
        document = search.Document(
            id=self.ids.setdefault(name, new_id()),
            kind=kind,
            container_id=container or self.container,
            audience=[self.ann] if audience is None else audience,
            version=version,
            text=text,
            at=START + timedelta(minutes=next(self._minutes)),
        )
        async with self.database.transaction() as transaction:
            await search.index(transaction, [document])

    async def forget(self, name: str, version: int) -> None:
        async with self.database.transaction() as transaction:
            await search.forget(transaction, [search.Forgotten(self.ids.setdefault(name, new_id()), version)])

    async def hits(self, q: str, **scope: Any) -> list[search.Hit]:
        where: dict[str, Any] = {"kind": "message", "audience": [self.ann]} | scope
        return await search.find(self.database, q, **where)

    async def find(self, q: str, **scope: Any) -> list[str]:
        names = {file_id: name for name, file_id in self.ids.items()}
        return [names[hit.id] for hit in await self.hits(q, **scope)]


@pytest.fixture
def index(database: Database) -> Index:
    return Index(database)
