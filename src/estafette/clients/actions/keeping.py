"""Clients are added, changed and erased one by one."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import asyncpg
from msgspec import UNSET
from msgspec.structs import asdict, replace

from estafette.accounts import Form, SignedIn, email_key
from estafette.base import changes as feed
from estafette.base import idempotency
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid
from estafette.base.ids import new_id
from estafette.clients.actions.attributes import held_attributes, known_attributes
from estafette.clients.actions.looking import details
from estafette.clients.errors import ClientChanged, NoConfirmedAccount, UnknownClient
from estafette.clients.models.clients import (
    CHANNELS,
    Channel,
    Client,
    ClientChanges,
    ClientDetails,
    GivenConsent,
    NewClient,
    NewConsent,
)
from estafette.clients.rules import fields
from estafette.clients.rules.attributes import read_values
from estafette.clients.rules.permissions import require_communications
from estafette.clients.rules.rows import new_client, row_of
from estafette.clients.store import reading, rejects, writing

_NAMES: Final = ("external_id", "name", "email", "phone", "whatsapp", "language", "time_zone")
_BY_NAME: Final[dict[str, Channel]] = {each: each for each in CHANNELS}
REGISTER: Final = UUID("5b0f4c5e-3a3c-4d0e-9a5e-0c11e4750001")
"""The stream of what happens in the register."""
_LATE: Final = timedelta(minutes=5)
"""By which the clock of whoever tells of a consent may be ahead."""


async def add_client(database: Database, who: SignedIn, new: NewClient) -> ClientDetails:
    """A new client; raises Forbidden and Invalid, also for an external id that another client has."""
    require_communications(who)
    known = await known_attributes(database)
    now = database.clock.now()
    with Form() as form:
        read = fields.read_fields(form, new, who.language, who.time_zone)
        values = read_values(form, new.attributes, known)
        said: dict[Channel, GivenConsent] = {
            channel: _said(form, f"consents.{channel}.", one, now) for channel, one in new.consents.items()
        }
    given = {key: value for key, value in values.items() if value is not None}
    client = new_client(new_id(), replace(read, attributes=given), now)
    client = replace(
        client,
        consented=[each for each in CHANNELS if each in said and said[each].given],
        refused=[each for each in CHANNELS if each in said and not said[each].given],
    )
    async with database.transaction() as transaction:
        held = await held_attributes(transaction)
        client = replace(client, attributes={key: value for key, value in given.items() if key in held})
        if not await writing.insert(transaction, [row_of(client, who.person_id)]):
            raise invalid("external_id", "external_id_taken")
        consents = [_consent(client.id, channel, one, now, who) for channel, one in said.items()]
        if consents:
            await writing.add_consents(transaction, consents)
        return await details(transaction, client.id)


async def change_client(database: Database, who: SignedIn, client_id: UUID, changes: ClientChanges) -> ClientDetails:
    """Changes what was mentioned; another address ends the link to an account.

    Raises Forbidden, UnknownClient, ClientChanged and Invalid.
    """
    require_communications(who)
    async with database.transaction() as transaction:
        known = await held_attributes(transaction)
        old = await locked(transaction, client_id)
        if old.revision != changes.revision:
            raise ClientChanged
        asked: dict[str, Any] = {
            name: getattr(old, name) if getattr(changes, name) is UNSET else getattr(changes, name) for name in _NAMES
        }
        with Form() as form:
            read = fields.read_fields(form, NewClient(**asked), who.language, who.time_zone)
            given = {} if changes.attributes is UNSET else read_values(form, changes.attributes, known)
        merged = {key: value for key, value in (old.attributes | given).items() if value is not None}
        new = replace(old, **asdict(replace(read, attributes=merged)))
        new = replace(new, person_id=old.person_id if _same_address(old, new) else None)
        await store(transaction, new)
        return await details(transaction, client_id)


async def note_consent(
    database: Database, who: SignedIn, client_id: UUID, named: str, said: GivenConsent
) -> ClientDetails:
    """Notes what a client said about a channel; raises Forbidden, NotFound, UnknownClient and Invalid."""
    require_communications(who)
    channel = _BY_NAME.get(named)
    if channel is None:
        raise NotFound
    now = database.clock.now()
    with Form() as form:
        read = _said(form, "", said, now)
    async with database.transaction() as transaction:
        old = await locked(transaction, client_id)
        others = (
            [each for each in old.consented if each != channel],
            [each for each in old.refused if each != channel],
        )
        consented, refused = ([*others[0], channel], others[1]) if said.given else (others[0], [*others[1], channel])
        await store(transaction, replace(old, consented=consented, refused=refused))
        await writing.add_consents(transaction, [_consent(client_id, channel, read, now, who)])
        return await details(transaction, client_id)


async def erase_client(database: Database, who: SignedIn, client_id: UUID) -> None:
    """Nothing is left but that there was a client; raises Forbidden and UnknownClient."""
    require_communications(who)
    async with database.transaction() as transaction:
        old = await locked(transaction, client_id)
        await writing.erase(transaction, client_id, transaction.clock.now(), who.person_id)
        await rejects.forget_about(transaction, old)
        await idempotency.forget_about(transaction, client_id)
        # Whoever has written to the client forgets the words, too.
        await feed.advance(transaction, REGISTER, "client_erased", client_id)


async def locked(transaction: Transaction, client_id: UUID) -> Client:
    """A client that nobody else changes now; raises UnknownClient."""
    found = await reading.lock(transaction, client_id)
    if found is None:
        raise UnknownClient
    return found


async def store(transaction: Transaction, client: Client) -> None:
    """Writes a locked client anew, as its next revision.

    Raises Invalid for an external id that another has, and NoConfirmedAccount for an account.
    """
    changed = replace(client, revision=client.revision + 1, changed_at=transaction.clock.now())
    try:
        async with transaction.savepoint():
            await writing.update(transaction, [row_of(changed, None)])
    except asyncpg.UniqueViolationError as error:
        if "clients_by_person" in str(error):
            raise NoConfirmedAccount from None
        raise invalid("external_id", "external_id_taken") from None


def _same_address(old: Client, new: Client) -> bool:
    return old.email is not None and new.email is not None and email_key(old.email) == email_key(new.email)


def _said(form: Form, prefix: str, said: GivenConsent, now: datetime) -> GivenConsent:
    source = form.read(f"{prefix}source", fields.source, said.source)
    at = said.at
    if at is not None and at.tzinfo is None:
        form.refuse(f"{prefix}at", "time_without_zone")
    elif at is not None and at > now + _LATE:
        form.refuse(f"{prefix}at", "consent_in_the_future")
    return GivenConsent(given=said.given, source=source, at=at)


def _consent(client_id: UUID, channel: Channel, said: GivenConsent, now: datetime, who: SignedIn) -> NewConsent:
    return NewConsent(
        client_id=client_id,
        channel=channel,
        given=said.given,
        source=said.source,
        at=min(said.at or now, now),
        recorded_by=who.person_id,
    )
