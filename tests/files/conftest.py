"""A storage in a temporary folder, and the files API on a socket."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn

from estafette import files
from estafette.base.database import Database
from tests.waiting import eventually

from .site import FilesSite


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def storage(folder: Path) -> files.Storage:
    return files.open_storage(folder)


@pytest_asyncio.fixture
async def site(database: Database, storage: files.Storage) -> AsyncGenerator[FilesSite, None]:
    site = FilesSite(database, storage)
    listener = socket.create_server(("127.0.0.1", 0))
    site.port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(site.app(), log_level="critical", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await eventually(lambda: server.started)
    yield site
    server.should_exit = True
    await serving
