"""Short ways to people in tests of accounts."""

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.accounts.actions import email_confirmation, profiles, sessions, signing_up
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import EmailConfirmation, ProfileChanges, SignIn, SignUp
from estafette.base.database import Database
from estafette.base.errors import Invalid
from tests.accounts.mails import last_secret

PASSWORD = "correct horse battery"
LAPTOP = Device(address="192.0.2.7", neighbourhood="192.0.2.7", user_agent="Firefox")


async def sign_up(
    database: Database, email: str = "ann@example.com", name: str = "Ann", *, confirmed: bool = False
) -> tuple[SignedIn, str]:
    """A new customer, and what the cookie holds."""
    begun = await signing_up.sign_up(database, SignUp(name=name, email=email, password=PASSWORD), LAPTOP)
    if confirmed:
        await confirm(database, email)
    return await seen(database, begun.token), begun.token


async def confirm(database: Database, email: str) -> None:
    """As if the link of the first mail had been followed."""
    await database.execute("UPDATE people SET email_confirmed_at = created_at WHERE email = $1", email)


async def sign_in(database: Database, email: str = "ann@example.com", password: str = PASSWORD) -> tuple[SignedIn, str]:
    """Another session."""
    begun = await sessions.sign_in(database, SignIn(email=email, password=password), LAPTOP)
    return await seen(database, begun.token), begun.token


async def move(database: Database, who: SignedIn, email: str) -> None:
    """Somebody's address becomes another one, confirmed."""
    await profiles.change_profile(database, who, ProfileChanges(email=email, password=PASSWORD))
    given = EmailConfirmation(secret=await last_secret(database))
    await email_confirmation.confirm_email(database, who, given, LAPTOP)


async def seen(database: Database, token: str) -> SignedIn:
    """Who a cookie stands for; there must be somebody."""
    found = await accounts.by_session(database, token)
    assert found is not None
    return found


async def administrator(database: Database, email: str = "root@example.com", name: str = "Root") -> SignedIn:
    """Somebody who administrates, with a session."""
    await accounts.add_person(database, email, name, ("administrator",), PASSWORD)
    return (await sign_in(database, email))[0]


async def by_new_token(database: Database, person: SignedIn, *scopes: accounts.Scope) -> SignedIn:
    """The same person through a token with some scopes."""
    token = await accounts.create_token(database, person.person_id, "test", scopes)
    found = await accounts.by_token(database, token)
    assert found is not None
    return found


def codes(problem: Invalid) -> dict[str, str]:
    """The wrong fields and why."""
    return {field.field: field.code for field in problem.fields}
