"""What a server must have before the application may use it: a role without superuser rights, a database, a locale."""

import asyncio

import asyncpg

from estafette.base.postgres.address import DATABASE, SUPERUSER, USER, ServerAddress
from estafette.base.postgres.errors import CannotStart

_ATTEMPTS = 50


async def prepare_database(address: ServerAddress) -> None:
    """Makes role and database where they are missing, and proves that letters outside ASCII are understood."""
    connection = await _connect(address.dsn(SUPERUSER, "postgres"))
    try:
        if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", USER):
            # The role reuses the stored form of the superuser's password, so that no statement carries it in clear.
            await connection.execute(
                f"""
                DO $$ BEGIN
                    CREATE ROLE {USER} LOGIN CREATEDB IN ROLE pg_monitor, pg_checkpoint;
                    EXECUTE format('ALTER ROLE {USER} PASSWORD %L',
                        (SELECT rolpassword FROM pg_authid WHERE rolname = '{SUPERUSER}'));
                END $$
                """  # noqa: S608 - constants
            )
        if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {USER}")
        if not await connection.fetchval("SELECT lower('ПРИВЕТ') = 'привет'"):
            raise CannotStart("The database does not know the letters of this language: install the locale C.UTF-8.")
    finally:
        await connection.close()


async def _connect(dsn: str) -> asyncpg.Connection:
    # A server that says it is ready may still turn clients away for a moment after a crash of its own.
    for attempt in range(_ATTEMPTS):
        try:
            return await asyncpg.connect(dsn, timeout=10)
        except asyncpg.InvalidPasswordError as error:
            raise CannotStart("The password file of the database folder does not fit: restore it.") from error
        except (asyncpg.CannotConnectNowError, OSError, asyncpg.ConnectionDoesNotExistError):
            if attempt == _ATTEMPTS - 1:
                raise
            await asyncio.sleep(0.1)
    raise AssertionError
