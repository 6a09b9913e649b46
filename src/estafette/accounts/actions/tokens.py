"""Bearer tokens: people make their own, administrators those of service accounts."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import structs

from estafette.accounts.actions.announcing import announce_identity
from estafette.accounts.credentials import digest, new_bearer_token
from estafette.accounts.errors import NotAServiceAccount
from estafette.accounts.models.credentials import NewToken, Token
from estafette.accounts.models.inputs import TokenRequest
from estafette.accounts.models.people import Scope, SignedIn
from estafette.accounts.rules import tokens as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import require_administrator, require_session
from estafette.accounts.store import people
from estafette.accounts.store import tokens as store
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid
from estafette.base.ids import new_id

TOKENS: Final = 100


async def list_tokens(database: Database, who: SignedIn) -> Sequence[Token]:
    """One's own tokens, newest first."""
    return await store.of_person(database, who.person_id)


async def list_tokens_of(database: Database, who: SignedIn, person_id: UUID) -> Sequence[Token]:
    """Anybody's tokens, for administrators; raises Forbidden and NotFound."""
    require_administrator(who)
    if await people.get(database, person_id) is None:
        raise NotFound
    return await store.of_person(database, person_id)


async def create_own_token(database: Database, who: SignedIn, given: TokenRequest) -> NewToken:
    """A token that may do no more than its maker; raises SessionNeeded and Invalid."""
    require_session(who)
    with Form() as form:
        token = _read(form, given)
        rules.check_scopes(form, who, given.scopes)
    async with database.transaction() as transaction:
        return await _create(transaction, token, who.person_id, given.expires_in_days, who.person_id)


async def create_service_token(database: Database, who: SignedIn, person_id: UUID, given: TokenRequest) -> NewToken:
    """A token of a service account; raises Forbidden, NotFound, NotAServiceAccount and Invalid."""
    require_administrator(who)
    require_session(who)
    with Form() as form:
        token = _read(form, given)
    async with database.transaction() as transaction:
        person = await people.get(transaction, person_id)
        if person is None:
            raise NotFound
        if "service" not in person.roles:
            raise NotAServiceAccount
        return await _create(transaction, token, person_id, given.expires_in_days, who.person_id)


async def create_token(
    database: Database,
    person_id: UUID,
    name: str,
    scopes: Sequence[Scope] = ("read", "write"),
    expires_days: int | None = None,
) -> str:
    """A token of anybody, without asking who asks: the secret alone; raises Invalid and NotFound."""
    with Form() as form:
        token = _read(form, TokenRequest(name=name, scopes=list(scopes), expires_in_days=expires_days))
    async with database.transaction() as transaction:
        if not await people.lock(transaction, person_id):
            raise NotFound
        return (await _create(transaction, token, person_id, expires_days, None)).token


async def revoke_token(database: Database, who: SignedIn, token_id: UUID) -> None:
    """Ends one of one's own tokens; a token ends itself only. Raises NotFound and SessionNeeded."""
    if who.token_id != token_id:
        require_session(who)
    await _revoke(database, who.person_id, token_id)


async def revoke_token_of(database: Database, who: SignedIn, person_id: UUID, token_id: UUID) -> None:
    """Ends a token of anybody, for administrators; raises Forbidden and NotFound."""
    require_administrator(who)
    if who.token_id != token_id:
        require_session(who)
    await _revoke(database, person_id, token_id)


async def _revoke(database: Database, person_id: UUID, token_id: UUID) -> None:
    async with database.transaction() as transaction:
        if not await store.delete(transaction, person_id, token_id):
            raise NotFound
        announce_identity(transaction, person_id)


def _read(form: Form, given: TokenRequest) -> TokenRequest:
    return TokenRequest(
        name=form.read("name", rules.name, given.name),
        scopes=form.read("scopes", rules.scopes, given.scopes),
        expires_in_days=form.read("expires_in_days", rules.days, given.expires_in_days),
    )


async def _create(
    transaction: Transaction, given: TokenRequest, person_id: UUID, days: int | None, by: UUID | None
) -> NewToken:
    if await store.count(transaction, person_id) >= TOKENS:
        raise invalid("name", "too_many", max=TOKENS)
    now = transaction.clock.now()
    secret = new_bearer_token()
    token = Token(
        id=new_id(),
        name=given.name,
        scopes=given.scopes,
        created_at=now,
        expires_at=now + timedelta(days=days) if days else None,
        last_used_at=None,
    )
    await store.insert(transaction, token, person_id, digest(secret), by)
    return NewToken(**structs.asdict(token), token=secret)
