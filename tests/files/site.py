"""The files API alone on a real socket, for tests that speak HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar, Request, Response
from litestar.di import NamedDependency, Provide

from estafette import files
from estafette.base.database import Database
from estafette.base.errors import Malformed, NotFound, Problem, TooLarge, Unavailable
from estafette.base.idempotency import KeyReused
from estafette.base.ids import new_id
from estafette.base.images.process import Pictures
from estafette.files.api import HANDLERS
from tests.waiting import PATIENCE

STATUS = {NotFound: 404, TooLarge: 413, Unavailable: 503, KeyReused: 409, Malformed: 400}


def status_of(problem: Problem) -> int:
    return next((status for kind, status in STATUS.items() if isinstance(problem, kind)), 500)


async def in_pieces(content: bytes, size: int = 65_536) -> AsyncIterator[bytes]:
    """Content as it comes from a socket."""
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def upload(
    database: Database,
    storage: files.Storage,
    owner_id: UUID,
    name: str,
    pieces: AsyncIterator[bytes],
    key: str | None = None,
) -> files.File:
    """Uploads as a web process does."""
    return await files.Uploader(database, storage, Pictures()).upload(owner_id, name, pieces, key)


class FilesSite:
    """The files API on a socket; whoever the header `Person` names is signed in, `allowed` may fetch files in use."""

    def __init__(self, database: Database, storage: files.Storage) -> None:
        self.database = database
        self.storage = storage
        self.allowed: set[tuple[UUID | None, UUID]] = set()
        self.ann = new_id()
        self.ben = new_id()
        self.port = 0

    async def may_fetch(self, person_id: UUID | None, file_id: UUID) -> files.Reach | None:
        if (None, file_id) in self.allowed:
            return "everyone"
        return "asker" if (person_id, file_id) in self.allowed else None

    def app(self) -> Litestar:
        async def maybe_person_id(request: Request[Any, Any, Any]) -> UUID | None:
            name = request.headers.get("person")
            return UUID(name) if name else None

        async def person_id(maybe_person_id: NamedDependency[UUID | None]) -> UUID:
            assert maybe_person_id
            return maybe_person_id

        def answer(_: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
            return Response({"code": problem.code}, status_code=status_of(problem))

        return Litestar(
            HANDLERS,
            dependencies={
                "database": Provide(lambda: self.database, sync_to_thread=False),
                "uploader": Provide(
                    lambda: files.Uploader(self.database, self.storage, Pictures()), sync_to_thread=False
                ),
                "storage": Provide(lambda: self.storage, sync_to_thread=False),
                "may_fetch": Provide(lambda: self.may_fetch, sync_to_thread=False),
                "maybe_person_id": maybe_person_id,
                "person_id": person_id,
            },
            exception_handlers={Problem: answer},
        )

    def browser(self, person_id: UUID | None) -> httpx.AsyncClient:
        headers = {"Person": str(person_id)} if person_id else {}
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=PATIENCE)


def left_in(folder: Path) -> list[str]:
    """What lies in the folder, for tests that nothing is left."""
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())
