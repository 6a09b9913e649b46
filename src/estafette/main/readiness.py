"""Whether a process can serve: the database answers, its schema fits, the bus listens, the disk has room."""

import asyncio

import asyncpg

from estafette.base.database import Database
from estafette.base.disk import Disk
from estafette.base.migrate import NewerSchema, missing_migrations
from estafette.base.postgres_bus import PostgresBus

SECONDS = 2.0


class Readiness:
    """Asks when it is asked; that the schema fits is asked until it does."""

    def __init__(self, dsn: str, database: Database, bus: PostgresBus, disk: Disk | None = None) -> None:
        self._dsn = dsn
        self._database = database
        self._bus = bus
        self._disk = disk
        self._schema_fits = False

    async def missing(self) -> list[str]:
        """What is not ready, in stable words: database, migrations, bus, disk."""
        missing: list[str] = []
        try:
            async with asyncio.timeout(SECONDS):
                await self._database.apart.fetchval("SELECT 1")
                if not self._schema_fits:
                    self._schema_fits = not await missing_migrations(self._dsn)
        except NewerSchema:
            self._schema_fits = False
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            missing.append("database")
        if not self._schema_fits and not missing:
            missing.append("migrations")
        if not self._bus.listening:
            missing.append("bus")
        if self._disk is not None and self._disk.reserve and self._disk.full:
            missing.append("disk")
        return missing
