"""Expected failures: one sentence on stderr and exit code 1, never a traceback."""

import asyncio
import os
from collections.abc import Coroutine
from typing import IO, TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import click

if TYPE_CHECKING:
    from estafette.base.errors import Problem

OLDEST = 16  # major version of PostgreSQL

Result = TypeVar("Result")


class Refusal(click.ClickException):
    """Why the command does not do what it was asked for."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the bare sentence."""
        click.echo(self.message, err=True, file=file)


def say(sentence: str) -> None:
    """A line of progress; stderr, so that stdout holds results only."""
    click.echo(sentence, err=True)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs a command's coroutine and turns what it may expect to go wrong into a Refusal."""
    from estafette.base.backups import BackupRefused
    from estafette.base.errors import Problem
    from estafette.base.migrate import NewerSchema
    from estafette.base.postgres import CannotStart

    try:
        return asyncio.run(work)
    except (BackupRefused, CannotStart, NewerSchema) as error:
        raise Refusal(str(error)) from error
    except Problem as error:
        raise Refusal(_in_words(error)) from error
    except KeyboardInterrupt as error:
        raise click.exceptions.Exit(130) from error


async def check_database(dsn: str) -> None:
    """Raises Refusal with the reason when the database cannot be used; the sentence holds no password."""
    import asyncpg

    address = describe(dsn)
    if not dsn.startswith(("postgresql://", "postgres://")):
        raise Refusal("The database URL must begin with postgresql://.")
    try:
        connection = await asyncpg.connect(dsn, timeout=10)
        try:
            version: int = connection.get_server_version().major
            text_works = await connection.fetchval("SELECT lower('ПРИВЕТ') = 'привет'")
        finally:
            await connection.close()
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError) as error:
        raise Refusal(f"The database at {address} does not accept this user name and password.") from error
    except asyncpg.InvalidCatalogNameError as error:
        raise Refusal(f"There is no such database at {address}: create it first.") from error
    except TimeoutError as error:
        raise Refusal(f"The database at {address} cannot be reached: it does not answer.") from error
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise Refusal(f"The database at {address} cannot be reached: {_reason(error)}.") from error
    if version < OLDEST:
        raise Refusal(f"The database at {address} is PostgreSQL {version}; Estafette needs {OLDEST} or newer.")
    if not text_works:
        raise Refusal(
            f"The database at {address} does not know letters outside ASCII, so that search would fail: "
            "create it with ENCODING UTF8 and a UTF-8 locale."
        )


def _in_words(problem: "Problem") -> str:
    from estafette.base.errors import Invalid
    from estafette.web.words import field_message, problem_sentence
    from estafette.web.words import say as put

    if isinstance(problem, Invalid):
        return "; ".join(f"{each.field}: {field_message(each, 'en')}" for each in problem.fields)
    return put(problem_sentence(type(problem)), "en", problem.values)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno) if error.errno > 0 else str(error.strerror)
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def describe(dsn: str) -> str:
    """Where a database is, without names and passwords."""
    try:
        parts = urlsplit(dsn)
        host = parts.hostname or parse_qs(parts.query).get("host", ["this machine"])[0]
        return f"{host}:{parts.port or 5432}{parts.path}"
    except ValueError:
        return "the given --database-url"
