"""A template in which the small world lives already: to make everybody anew takes longer than most tests do."""

from dataclasses import replace

import asyncpg

from estafette.base.database import Database
from estafette.conversations import Sender
from estafette.main.database import open_database
from tests.databases import TEMPLATE, named
from tests.world import World, make_world

INHABITED = "estafette_world"


class Inhabited:
    """Made on a server when the first test asks for it; the people have the same ids in every copy."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._everybody: World | None = None

    async def template(self) -> str:
        """The database to be copied."""
        if self._everybody is None:
            connection = await asyncpg.connect(self._server)
            await connection.execute(f"CREATE DATABASE {INHABITED} TEMPLATE {TEMPLATE} STRATEGY file_copy")
            await connection.close()
            async with open_database(named(self._server, INHABITED), size=2) as database:
                self._everybody = await make_world(database)
        return INHABITED

    def world(self, database: Database) -> World:
        """The world of a copy."""
        assert self._everybody is not None, "this database is no copy"
        return replace(self._everybody, database=database, sender=Sender(database))
