"""Whether a PostgreSQL of the operator's own can be used; if not, one sentence says why, and the command that mends it.

No sentence holds a password.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from estafette.cli.sentences import Refusal

OLDEST = 16  # major version of PostgreSQL


async def check_database(dsn: str, *, for_migrations: bool = False) -> None:
    """Raises Refusal when the database cannot be used, or, `for_migrations`, when its schema cannot be changed."""
    if not dsn.startswith(("postgresql://", "postgres://")):
        raise Refusal("The database URL must begin with postgresql://.")
    async with _connected(dsn) as connection:
        await _check_server(connection, describe(dsn), _names(dsn))
        if for_migrations:
            await _check_rights(connection, describe(dsn))


def describe(dsn: str) -> str:
    """Where a database is, without names and passwords."""
    try:
        parts = urlsplit(dsn)
        host = parts.hostname or parse_qs(parts.query).get("host", ["this machine"])[0]
        return f"{host}:{parts.port or 5432}{parts.path}"
    except ValueError:
        return "the given --database-url"


@asynccontextmanager
async def _connected(dsn: str) -> AsyncGenerator[Any, None]:
    import asyncpg

    address, (role, name) = describe(dsn), _names(dsn)
    try:
        connection = await asyncpg.connect(dsn, timeout=10)
    except asyncpg.InvalidPasswordError as error:
        raise Refusal(
            f"The database at {address} does not accept this user name and password: set the password with "
            f"ALTER ROLE {_quoted(role)} PASSWORD '…', or make the role with CREATE ROLE {_quoted(role)} LOGIN "
            "PASSWORD '…'."
        ) from error
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        raise Refusal(
            f"The database at {address} does not accept this user name and password from here "
            f"({_reason(error)}): make the role with CREATE ROLE {_quoted(role)} LOGIN PASSWORD '…', and let it in by "
            "a line in pg_hba.conf."
        ) from error
    except asyncpg.InvalidCatalogNameError as error:
        raise Refusal(f"There is no such database at {address}: create it with {_creation(role, name)}.") from error
    except asyncpg.InsufficientPrivilegeError as error:
        raise Refusal(
            f"The role {role} may not connect to the database at {address}: run "
            f"GRANT CONNECT ON DATABASE {_quoted(name)} TO {_quoted(role)}."
        ) from error
    except TimeoutError as error:
        raise Refusal(f"The database at {address} cannot be reached: it does not answer.") from error
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise Refusal(f"The database at {address} cannot be reached: {_reason(error)}.") from error
    try:
        yield connection
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Refusal(f"The database at {address} does not answer as it should: {_reason(error)}.") from error
    finally:
        connection.terminate()


async def _check_server(connection: Any, address: str, names: tuple[str, str]) -> None:
    version: int = connection.get_server_version().major
    if version < OLDEST:
        raise Refusal(
            f"The database at {address} is PostgreSQL {version}; Estafette needs {OLDEST} or newer: bring the server "
            "to a newer version with pg_upgrade, or leave --database-url out to use the embedded one."
        )
    if await connection.fetchval("SELECT pg_is_in_recovery()"):
        raise Refusal(f"The database at {address} is a copy that can only be read: name the server that it follows.")
    encoding = await connection.fetchval("SELECT current_setting('server_encoding')")
    if encoding != "UTF8":
        raise Refusal(
            f"The database at {address} has the encoding {encoding}, and Estafette needs UTF8: create another one with "
            f"{_creation(*names)}."
        )
    if not await connection.fetchval("SELECT lower('ПРИВЕТ') = 'привет'"):
        raise Refusal(
            f"The database at {address} does not know letters outside ASCII, so that search would fail: create another "
            f"one, with ENCODING UTF8 and a UTF-8 locale, with {_creation(*names)}."
        )


async def _check_rights(connection: Any, address: str) -> None:
    rights = await connection.fetchrow(
        """
        SELECT current_user AS role, coalesce(current_schema(), 'public') AS schema,
            coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
            (
                SELECT t.tableowner FROM pg_tables t
                WHERE t.schemaname = current_schema() AND NOT pg_has_role(t.tableowner, 'USAGE')
                    AND EXISTS (
                        SELECT FROM pg_tables m
                        WHERE m.schemaname = t.schemaname AND m.tablename = 'schema_migrations'
                    )
                ORDER BY t.tablename LIMIT 1
            ) AS foreign_owner
        """
    )
    role, schema = _quoted(rights["role"]), _quoted(rights["schema"])
    if not rights["may_create"]:
        raise Refusal(
            f"The role {rights['role']} may not make tables at {address}: as an administrator of that database, run "
            f"GRANT ALL ON SCHEMA {schema} TO {role}."
        )
    if owner := rights["foreign_owner"]:
        raise Refusal(
            f"The tables at {address} belong to the role {owner} and not to {rights['role']}, who cannot bring them to "
            f"another version: as an administrator of that database, run REASSIGN OWNED BY {_quoted(owner)} TO {role}, "
            f"or restore its dump with pg_restore --no-owner --role={rights['role']}."
        )


def _names(dsn: str) -> tuple[str, str]:
    """The role and the database that an address names, as PostgreSQL's own programs complete it."""
    try:
        parts = urlsplit(dsn)
        role = unquote(parts.username or "") or "estafette"
        return role, unquote(parts.path.lstrip("/")) or role
    except ValueError:
        return "estafette", "estafette"


def _creation(role: str, name: str) -> str:
    return f"CREATE DATABASE {_quoted(name)} OWNER {_quoted(role)} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"


def _quoted(name: str) -> str:
    """As SQL wants it where it is not simple."""
    simple = name.isascii() and name.isidentifier() and name == name.lower()
    return name if simple else '"' + name.replace('"', '""') + '"'


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno) if error.errno > 0 else str(error.strerror)
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
