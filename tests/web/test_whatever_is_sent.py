"""Whatever is sent to whatever endpoint, the server keeps to its document and never breaks (schemathesis)."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import uvicorn

from estafette import accounts
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.main.database import open_database
from estafette.main.serving import openapi_document, web_app
from estafette.web.rate_limiter import RateLimiter
from tests.databases import fresh_database
from tests.waiting import eventually

pytestmark = pytest.mark.exhaustive
DOCUMENT: dict[str, Any] = json.loads(openapi_document())
OPERATIONS = [f"{method.upper()} {path}" for path, methods in DOCUMENT["paths"].items() for method in methods]


class Site:
    """A server on a socket, in a thread of its own since schemathesis waits for its answers."""

    def __init__(self, dsn: str, folder: Path) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        app: Any = web_app(Settings(data=folder), dsn)
        self._admission = app._admission
        # Much is sent without a credential, and fast: it is to be read, and not turned away at the door.
        self._admission._others = self._admission._checks.strangers = RateLimiter(burst=1_000_000, per_second=1_000_000)
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]})

    async def __aenter__(self) -> "Site":
        self._thread.start()
        await eventually(lambda: self._server.started)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert not self._admission._throttle.active, "what was sent was not read any more"
        self._server.should_exit = True
        await asyncio.to_thread(self._thread.join)
        self._listener.close()


@pytest_asyncio.fixture(scope="module")
async def requests(server: str, tmp_path_factory: Any) -> AsyncGenerator[dict[str, Callable[[], None]], None]:
    """What is sent, by operation, to a server that runs meanwhile."""
    from tests.web import whatever

    async with fresh_database(server) as dsn:
        async with open_database(dsn, size=2) as database:
            token = await administrator(database)
        async with Site(dsn, tmp_path_factory.mktemp("whatever")) as site:
            yield whatever.requests(DOCUMENT, site.address, token)


async def administrator(database: Database) -> str:
    """The token of an administrator who owns a partner."""
    root = await accounts.add_person(database, "root@example.com", "Root", ("administrator", "customer"))
    await accounts.make_partner(database, "Moulin")
    return await accounts.create_token(database, root.id, "walk", ("read", "write", "admin"))


def test_something_is_sent_to_every_operation(requests: dict[str, Callable[[], None]]) -> None:
    assert requests.keys() == set(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_server_keeps_to_its_document(requests: dict[str, Callable[[], None]], operation: str) -> None:
    requests[operation]()
