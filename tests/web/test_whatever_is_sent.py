"""Whatever is sent to whatever endpoint, the server keeps to its document and never breaks (schemathesis)."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest_asyncio
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi import checks

from estafette import accounts
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.main.database import open_database
from estafette.main.serving import openapi_document, web_app
from tests.databases import fresh_database
from tests.waiting import eventually

DOCUMENT: dict[str, Any] = json.loads(openapi_document())
SCHEMA: Any = schemathesis.openapi.from_dict(DOCUMENT)
SLOW: Any = list(HealthCheck)
# What is not said of an operation, or would end the session that asks.
LEFT_OUT: list[Any] = [
    checks.ignored_auth,
    checks.positive_data_acceptance,
    checks.use_after_free,
    checks.ensure_resource_availability,
]


class Site:
    """A server on a socket, in a thread of its own since schemathesis waits for its answers."""

    def __init__(self, dsn: str, folder: Path) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        app: Any = web_app(Settings(data=folder), dsn)
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]})

    async def __aenter__(self) -> "Site":
        self._thread.start()
        await eventually(lambda: self._server.started)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        await asyncio.to_thread(self._thread.join)
        self._listener.close()


class Asker:
    """An administrator with a token, who owns a partner."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self.token = token


@pytest_asyncio.fixture(scope="module")
async def asker(server: str, tmp_path_factory: Any) -> AsyncGenerator[Asker, None]:
    async with fresh_database(server) as dsn:
        async with open_database(dsn, size=2) as database:
            token = await administrator(database)
        async with Site(dsn, tmp_path_factory.mktemp("whatever")) as site:
            yield Asker(site.address, token)


async def administrator(database: Database) -> str:
    root = await accounts.add_person(database, "root@example.com", "Root", ("administrator", "customer"))
    await accounts.make_partner(database, "Moulin")
    return await accounts.create_token(database, root.id, "walk", ("read", "write", "admin"))


# Beside the bounds of every field, which schemathesis works through one by one, a few requests by chance, the same ones
# in every run.
@SCHEMA.parametrize()
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=SLOW)
def test_the_server_keeps_to_its_document(asker: Asker, case: Any) -> None:
    headers = {"Authorization": f"Bearer {asker.token}"}
    case.call_and_validate(base_url=asker.address, headers=headers, excluded_checks=LEFT_OUT)
