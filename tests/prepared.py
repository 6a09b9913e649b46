"""What most tests begin with, made once for a whole run and copied: a migrated database, and the demo in it.

A new cluster and all migrations take two seconds of a core, the demo another seven; a copy takes a tenth of a second.
Tests of a first start begin with nothing (`tests/cli/test_up.py`).
"""

import asyncio
import fcntl
import os
import shutil
import subprocess
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg

from estafette.base.migrate import migrate
from estafette.base.postgres import EmbeddedPostgres
from estafette.base.postgres.address import SUPERUSER, USER
from estafette.base.settings import Settings
from estafette.main.demo.loading import load_demo
from tests.conftest_postgres import short_folder
from tests.scratch import scratch_root

# All workers of a run inherit its name, and share what the first of them has made.
_RUN = os.environ.setdefault("PREPARED_FOR_RUN", uuid4().hex[:12])


def installed(data: Path) -> Path:
    """Makes a data folder in which Estafette has been started once, and nobody has come in yet."""
    return _copy("installed", _install, data)


def installed_with_demo(data: Path) -> Path:
    """Makes a data folder into which the demo has been loaded."""
    return _copy("demo", _load_demo, data)


@asynccontextmanager
async def loaded_demo() -> AsyncGenerator[tuple[Settings, str], None]:
    """An installation with the demo, and the address of its database."""
    with short_folder() as parent:
        settings = Settings(data=installed_with_demo(parent / "data"))
        server = EmbeddedPostgres(settings.postgres, fast=True)
        try:
            yield settings, await server.start()
        finally:
            await server.stop()


def forget_prepared() -> None:
    """Removes what was prepared for this run; whoever started the workers calls it when they have ended."""
    shutil.rmtree(_shared(), ignore_errors=True)


def _copy(kind: str, make: Callable[[Path], Awaitable[None]], data: Path) -> Path:
    shared = _shared()
    shared.mkdir(mode=0o711, exist_ok=True)
    with (shared / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = shared / kind
        if not made.exists():
            making = shared / f"{kind}.making"
            shutil.rmtree(making, ignore_errors=True)
            # In a thread of its own, since a test may have a loop already.
            _alone(make, making)
            making.rename(made)
    # Under root the cluster belongs to another user, and stays theirs.
    data.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(made), str(data)], check=True)
    return data


def _alone(make: Callable[[Path], Awaitable[None]], folder: Path) -> None:
    async def made() -> None:
        await make(folder)

    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, made()).result()


async def _install(data: Path) -> None:
    data.mkdir(mode=0o711)
    server = EmbeddedPostgres(Settings(data=data).postgres, fast=True)
    dsn = await server.start()
    await migrate(dsn)
    await _connecting_costs_little(dsn)
    await server.stop()


async def _connecting_costs_little(dsn: str) -> None:
    """The password stays, but proving that one knows it takes one round instead of 4096: a run connects 8000 times."""
    password = urlsplit(dsn).password
    connection = await asyncpg.connect(dsn, user=SUPERUSER)
    await connection.execute("SET scram_iterations = 1")
    for role in (SUPERUSER, USER):
        await connection.execute(f"ALTER ROLE {role} PASSWORD '{password}'")
    await connection.close()


async def _load_demo(data: Path) -> None:
    installed(data)
    settings = Settings(data=data)
    server = EmbeddedPostgres(settings.postgres, fast=True)
    await load_demo(settings, await server.start())
    await server.stop()


def _shared() -> Path:
    return scratch_root() / f"estafette-run-{_RUN}"
