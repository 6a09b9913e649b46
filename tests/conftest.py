"""A real PostgreSQL for the whole run, and a fresh, migrated database for every test that asks for one."""

import asyncio
import gc
import re
import shutil
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio
from xdist.scheduler import LoadScopeScheduling

from estafette.base.clock import Clock
from estafette.base.database import Database, open_pool
from estafette.base.postgres import EmbeddedPostgres
from estafette.base.postgres_bus import PostgresBus
from estafette.base.settings import Settings
from estafette.main.demo.loading import load_demo
from tests.databases import TEMPLATE, database_of, fresh_database, leave, named
from tests.inhabited import Inhabited
from tests.lighter import lighter, real_hashes
from tests.prepared import forget_prepared, installed
from tests.scratch import scratch_folder
from tests.signals import heed_signals
from tests.summary import pytest_terminal_summary
from tests.transactions import Watch, watching
from tests.world import World, make_world

__all__ = ["lighter", "pytest_terminal_summary", "real_hashes"]

heed_signals()

# The longest files first: none of them is to be alone at the end while the other workers have nothing to do.
LONGEST = (
    "browser/test_pages.py",
    "browser/test_layout.py",
    "fault/test_kills.py",
    "fault/test_one_way_silence.py",
    "fault/test_resume.py",
    "web/test_whatever_is_sent.py",
    "test_wheel.py",
)
# The files of the browser up to this name have about as much to do as those after it.
BROWSERS_SPLIT_AT = "test_names.py"
# Folders whose files share processes of the product.
SHARING = {"cli", "contracts"}
LONGEST_NAME = 60
ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {f"tests/{name}": place for place, name in enumerate(LONGEST)}
    # Several workers take two tests of one name for the same, and run only one of them.
    twice = [name for name, count in Counter(item.nodeid for item in items).items() if count > 1]
    if twice:
        raise pytest.UsageError(f"More than one test is called {', '.join(twice)}.")
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONGEST)))


class InGroups(LoadScopeScheduling):
    """The tests of a file, or of a folder that shares something, stay with one worker; two browsers run at once.

    A browser keeps a core busy: with one at each worker a page would wait longer than its tests do.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = Path(nodeid.partition("::")[0])
        if file.parent.name == "browser":
            return f"browser {int(file.name > BROWSERS_SPLIT_AT)}"
        # What is shared by the files of a folder is started once.
        return file.parent.name if file.parent.name in SHARING else str(file)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: whoever looks for garbage need not look through it again and again."""
    gc.freeze()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InGroups:
    """Who of several workers gets which tests."""
    return InGroups(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    """At the very end, when no worker is left."""
    if not hasattr(config, "workerinput"):
        forget_prepared()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Several workers must agree on the names of the tests, also of those that were given a new id or a new key."""
    if isinstance(val, str | bytes) and len(val) > LONGEST_NAME:
        return argname
    return ID.sub("some-id", str(val)) if isinstance(val, str | UUID) and ID.search(str(val)) else None


@pytest_asyncio.fixture(scope="session", autouse=True)
async def watch() -> AsyncGenerator[Watch, None]:
    """Sees who waits for anything but the database inside a transaction, in whatever a test does in this process."""
    with watching(asyncio.get_running_loop()) as watch:
        # One transaction, so that a start that is cut off leaves nothing; in an empty house nobody else waits.
        watch.excuse(load_demo)
        yield watch


@pytest.fixture(autouse=True)
def _nothing_waits_inside_a_transaction(watch: Watch) -> Generator[None, None, None]:
    yield
    assert watch.take() == [], "this waits while a transaction is open"


@pytest_asyncio.fixture(scope="session")
async def server() -> AsyncGenerator[str, None]:
    """The address of the server, with a migrated template database."""
    # Not pytest's own folder: its path is too long for a socket.
    folder = scratch_folder("estafette-test-")
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(Settings(data=installed(folder / "data")).postgres, fast=True)
    dsn = await postgres.start()
    connection = await asyncpg.connect(named(dsn, "postgres"))
    await connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE {database_of(dsn)} STRATEGY file_copy")
    await connection.close()
    yield dsn
    await leave(dsn)
    await postgres.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def inhabited(server: str) -> Inhabited:
    """The template with the world in it."""
    return Inhabited(server)


@pytest_asyncio.fixture
async def dsn(server: str, inhabited: Inhabited, request: pytest.FixtureRequest) -> AsyncGenerator[str, None]:
    """The address of a fresh, migrated database, in which whoever asks for the world finds it."""
    async with fresh_database(server, await inhabited.template() if _lives_there(request) else TEMPLATE) as fresh:
        yield fresh


def _lives_there(request: pytest.FixtureRequest) -> bool:
    """Where the clock begins at noon, everybody comes in then."""
    return "world" in request.fixturenames and "noon" not in request.fixturenames


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every clock of this process begins at noon: of those that count by days none sees its day end."""
    now, begin = datetime.now(UTC), Clock.__init__
    shift = now.replace(hour=12, minute=0, second=0, microsecond=0) - now

    def begin_at_noon(clock: Clock) -> None:
        begin(clock)
        clock.move(shift)

    monkeypatch.setattr(Clock, "__init__", begin_at_noon)


@pytest_asyncio.fixture
async def database(dsn: str) -> AsyncGenerator[Database, None]:
    """A fresh database with its pool, its running bus and a clock that can be moved."""
    bus = PostgresBus(dsn)
    await bus.start()
    pool = await open_pool(dsn, size=5)
    yield Database(pool, bus, Clock())
    await pool.close()
    await bus.stop()


@pytest_asyncio.fixture
async def world(database: Database, inhabited: Inhabited, request: pytest.FixtureRequest) -> World:
    """Ann, Ben, the château, the bakery and everybody else, in a fresh database."""
    return inhabited.world(database) if _lives_there(request) else await make_world(database)
