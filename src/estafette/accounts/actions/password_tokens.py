"""Bearer tokens that a program gets for its person's address and password, as a browser gets a session."""

from datetime import timedelta
from typing import Final

from msgspec import structs

from estafette.accounts.actions.announcing import announce_identity
from estafette.accounts.actions.sessions import recognise
from estafette.accounts.credentials import digest, new_bearer_token
from estafette.accounts.errors import WrongCredentials
from estafette.accounts.models.credentials import Device, NewToken, Token
from estafette.accounts.models.inputs import SignIn
from estafette.accounts.models.people import Me
from estafette.accounts.store import tokens as store
from estafette.base.database import Database
from estafette.base.ids import new_id

LASTS: Final = timedelta(days=1)
KEPT: Final = 50
"""Of each person: the newest; a program that asks for another one before each request fills nothing up."""


async def token_for_password(database: Database, given: SignIn, device: Device, name: str) -> tuple[NewToken, Me]:
    """A token of one day that reads and writes, and whose it is; raises what `sign_in` raises, counted with it."""
    person = await recognise(database, given, device)
    secret = new_bearer_token()
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        token = Token(
            id=new_id(),
            name=name,
            scopes=["read", "write"],
            created_at=now,
            expires_at=now + LASTS,
            last_used_at=None,
        )
        if not await store.insert_for_password(transaction, token, person, digest(secret)):
            raise WrongCredentials
        if await store.keep_newest_for_password(transaction, person.id, KEPT, now):
            announce_identity(transaction, person.id)
    return NewToken(**structs.asdict(token), token=secret), person.as_me()
