"""Coming in for the first time: customers sign up, the first administrator brings the setup code."""

from typing import Final, Literal

from estafette.accounts import passwords
from estafette.accounts.actions.links import request_link
from estafette.accounts.actions.registration import register
from estafette.accounts.actions.sessions import begin
from estafette.accounts.credentials import new_setup_code, same
from estafette.accounts.errors import SetupDone
from estafette.accounts.models.credentials import Device, NewSession
from estafette.accounts.models.inputs import SetUp, SignUp
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.store import role_grants, setup
from estafette.base import limits
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.base.languages import Language

# For each neighbourhood.
SIGN_UPS: Final = 60
SIGN_UP_SECONDS: Final = 3600
SETUPS: Final = 10
SETUP_SECONDS: Final = 600


async def sign_up(database: Database, given: SignUp, device: Device, language: Language = "en") -> NewSession:
    """A new customer with his first session, and a mail to confirm the address with; raises Invalid and TooMany."""
    await limits.take(database, f"sign-up:{device.neighbourhood}", limit=SIGN_UPS, seconds=SIGN_UP_SECONDS)
    person = await _newcomer(database, given, "customer", language)
    async with database.transaction() as transaction:
        await register(transaction, person)
        await request_link(transaction, person.id, "email_confirmation", person.email)
        return await begin(transaction, person, device)


async def set_up(database: Database, given: SetUp, device: Device, language: Language = "en") -> NewSession:
    """The first administrator and his session; raises SetupDone, Invalid for a wrong code, and TooMany."""
    await limits.take(database, f"setup:{device.neighbourhood}", limit=SETUPS, seconds=SETUP_SECONDS)
    if await role_grants.somebody_administrates(database):
        raise SetupDone
    person = await _newcomer(database, given, "administrator", language)
    async with database.transaction() as transaction:
        code = await setup.lock_code(transaction)
        if await role_grants.somebody_administrates(transaction):
            raise SetupDone
        if code is None or not same(given.code, code):
            raise invalid("code", "wrong_code")
        await setup.delete_code(transaction)
        return await begin(transaction, await register(transaction, person), device)


async def setup_code(database: Database) -> str | None:
    """The code with which the first administrator comes in, made when it is first asked for; later None.

    Customers who signed up before do not make it None: a stranger's sign-up must not lock the operator out.
    """
    if await role_grants.somebody_administrates(database):
        return None
    return await setup.code(database) or await setup.keep_code(database, new_setup_code())


async def _newcomer(
    database: Database, given: SignUp, role: Literal["customer", "administrator"], language: Language
) -> PersonRow:
    with Form() as form:
        name = form.read("name", rules.name, given.name)
        email = form.read("email", rules.email, given.email)
        password = form.read("password", rules.password, given.password)
    now = database.clock.now()
    return PersonRow(
        id=new_id(),
        name=name,
        email=email,
        email_confirmed_at=now if role == "administrator" else None,
        phone=None,
        language=given.language or language,
        time_zone=rules.known_time_zone(given.time_zone),
        picture=None,
        password_hash=await passwords.hashed(password),
        created_at=now,
        last_seen_at=None,
        disabled_at=None,
        roles=[role],
        partners=[],
    )
