"""What the command line does with accounts: the same verbs that the API calls."""

from collections.abc import Sequence
from typing import cast

from estafette import accounts
from estafette.base.errors import invalid
from estafette.main.database import open_database


async def setup_code(dsn: str) -> str | None:
    """The code that lets the first administrator in; None once there is one."""
    async with open_database(dsn, size=1) as database:
        return await accounts.setup_code(database)


async def add_person(
    dsn: str, email: str, name: str, roles: Sequence[str] = ("customer",), password: str | None = None
) -> None:
    """Adds somebody; raises Invalid."""
    async with open_database(dsn, size=2) as database:
        await accounts.add_person(database, email, name, roles, password)


async def create_token(
    dsn: str, email: str, name: str, scopes: Sequence[str] = ("read", "write"), expires_days: int | None = None
) -> str:
    """Makes a bearer token for the person with this e-mail address; raises Invalid when there is nobody."""
    async with open_database(dsn, size=2) as database:
        person = await accounts.find_by_email(database, email)
        if person is None:
            raise invalid("email", "unknown")
        return await accounts.create_token(
            database, person.id, name, cast("Sequence[accounts.Scope]", scopes), expires_days
        )
