"""The files API alone on a real socket, for tests that speak HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec

from estafette import files
from estafette.base.database import Database
from estafette.base.errors import Conflict, Invalid, Malformed, NotFound, Problem, TooLarge, Unavailable
from estafette.base.idempotency import KeyReused
from estafette.base.ids import new_id
from estafette.base.images.process import Pictures
from estafette.files.api import ENDPOINTS
from estafette.http import CallerId, Response
from estafette.http.asgi import App, Receive, Scope, Send, header
from estafette.http.calling import Supply
from estafette.http.routing import Routes
from tests.waiting import PATIENCE

STATUS = {Conflict: 409, Invalid: 422, NotFound: 404, TooLarge: 413, Unavailable: 503, KeyReused: 409, Malformed: 400}


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

    def app(self) -> App:
        def maybe_person_id(scope: Scope) -> UUID | None:
            name = header(scope, b"person")
            return UUID(name.decode()) if name else None

        def person_id(scope: Scope) -> UUID:
            found = maybe_person_id(scope)
            assert found is not None
            return found

        uploader = files.Uploader(self.database, self.storage, Pictures())
        previews = files.Previews(self.storage)
        supplies: dict[Any, Supply] = {
            CallerId: person_id,
            CallerId | None: maybe_person_id,
            Database: lambda _: self.database,
            files.MayFetch: lambda _: self.may_fetch,
            files.Previews: lambda _: previews,
            files.Storage: lambda _: self.storage,
            files.Uploader: lambda _: uploader,
        }
        routes = Routes(ENDPOINTS, supplies)

        async def site(scope: Scope, receive: Receive, send: Send) -> None:
            found = routes.find(scope["path"])
            assert found is not None
            route, segments = found
            call = route.calls[scope["method"]]
            try:
                await call(call.values_in(segments), scope, receive, send)
            except Problem as problem:
                body = msgspec.json.encode({"code": problem.code})
                await Response(body, status_of(problem), media_type="application/json")(scope, receive, send)

        return site

    def browser(self, person_id: UUID | None) -> httpx.AsyncClient:
        headers = {"Person": str(person_id)} if person_id else {}
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=PATIENCE)


def left_in(folder: Path) -> list[str]:
    """What lies in the folder, for tests that nothing is left."""
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())
