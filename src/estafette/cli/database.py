"""The database of a short command: the named one, the one that is already running, or one started for the moment."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from estafette.base.settings import Settings
from estafette.cli.external_database import check_database
from estafette.cli.sentences import Refusal, say

_PATIENCE = 15.0  # seconds for a server that another process is starting


@asynccontextmanager
async def database(settings: Settings, *, make: bool = True) -> AsyncGenerator[str, None]:
    """Gives the connection string of a reachable database, made if `make`.

    Raises Refusal or CannotStart, and BackupRefused where a restore was cut off.
    """
    from estafette.base.backups.staging import check_restored
    from estafette.base.postgres import EmbeddedPostgres, hold, is_held

    check_restored(settings.data)
    if settings.database_url is not None:
        await check_database(settings.database_url, for_migrations=True)
        yield settings.database_url
    elif is_held(settings.postgres):
        yield await running(settings)
    elif not make and not (settings.postgres / "cluster").exists():
        raise Refusal(f"There is no database in {settings.data} yet: `estafette up` makes it.")
    else:
        hold(settings.data, mode=data_mode()).release()  # makes the folder, or says why that cannot be
        server = EmbeddedPostgres(settings.postgres, say=say)
        try:
            yield await server.start()
        finally:
            await server.stop()


@asynccontextmanager
async def current_database(settings: Settings, *, make: bool = True) -> AsyncGenerator[str, None]:
    """As `database`, with the schema of this version: brought up to date where nobody else is using the server."""
    from estafette.base.migrate import migrate, missing_migrations
    from estafette.base.postgres import is_held

    alone = settings.database_url is None and not is_held(settings.postgres)
    async with database(settings, make=make) as dsn:
        if alone:
            await migrate(dsn, say)
        elif await missing_migrations(dsn):
            raise Refusal("The database has not been prepared for this version: run `estafette migrate`.")
        yield dsn


async def running(settings: Settings) -> str:
    """The connection string of the embedded server that another process runs on the data folder; raises Refusal."""
    from estafette.base.postgres import is_held, reach

    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            dsn = reach(settings.postgres)
            if dsn is not None:
                await check_database(dsn)
                return dsn
        except PermissionError as error:
            raise Refusal(f"The folder {settings.postgres} belongs to another user.") from error
        except Refusal:
            if time.monotonic() > deadline:
                raise
        if not is_held(settings.postgres) or time.monotonic() > deadline:
            raise Refusal(f"No embedded database is running on {settings.data}: start it with `estafette up`.")
        await asyncio.sleep(0.1)


def data_mode() -> int:
    """Mode of a new data folder: private, but root lets the unprivileged database user pass through."""
    import os

    return 0o711 if os.geteuid() == 0 else 0o700
