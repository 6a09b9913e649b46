"""Opening the conversation of a customer with a partner, and the direct chat of two people."""

from uuid import UUID

import asyncpg

from estafette import accounts
from estafette.base.changes import Change, append
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid
from estafette.base.idempotency import KeyReused
from estafette.base.ids import new_id
from estafette.conversations.actions.sending import Sender
from estafette.conversations.actions.viewing import conversation
from estafette.conversations.errors import OwnPartner, UnknownPartner, UnknownPerson
from estafette.conversations.models.conversations import Conversation, Opened, StorefrontConversation
from estafette.conversations.models.messages import Draft
from estafette.conversations.rules import check_message
from estafette.conversations.store import memberships, openings


async def write_to_partner(
    database: Database,
    sender: Sender,
    person: accounts.SignedIn,
    partner_id: UUID,
    text: str,
    attachments: tuple[UUID, ...],
    key: str | None,
    reply_to: UUID | None = None,
) -> Opened:
    """Says something to a partner, in the conversation there is or in a new one.

    Raises UnknownPartner, OwnPartner, and what `Sender.send` raises. A conversation that was opened and got no message,
    because the machine stopped in between, is not listed anywhere and is used by the retry.
    """
    check_message(text, attachments)
    conversation_id = await _storefront_conversation(database, person, partner_id)
    message = await sender.send(
        Draft(
            id=new_id(),
            conversation_id=conversation_id,
            person_id=person.person_id,
            text=text,
            attachments=attachments,
            key=key,
            reply_to=reply_to,
        )
    )
    place = await conversation(database, person.person_id, message.conversation_id)
    if not isinstance(place, StorefrontConversation):
        # A key that was used elsewhere before leads there.
        raise KeyReused
    return Opened(place, message)


async def _storefront_conversation(database: Database, person: accounts.SignedIn, partner_id: UUID) -> UUID:
    found = await openings.find_storefront(database, person.person_id, partner_id)
    if found is not None:
        return found
    if not await accounts.partner_exists(database, partner_id):
        raise UnknownPartner
    if partner_id in person.parties:
        raise OwnPartner
    async with database.transaction() as transaction:
        return await storefront_conversation(transaction, person.person_id, partner_id)


async def storefront_conversation(transaction: Transaction, customer_id: UUID, partner_id: UUID) -> UUID:
    """The conversation of a customer with a partner, opened in the caller's transaction if there is none yet."""
    found = await openings.find_storefront(transaction, customer_id, partner_id)
    if found is not None:
        return found
    try:
        async with transaction.savepoint():
            return await open_storefront(transaction, customer_id, partner_id)
    except asyncpg.UniqueViolationError:
        # Two first messages at once: the other one has opened it.
        found = await openings.find_storefront(transaction, customer_id, partner_id)
        if found is None:
            raise
        return found


async def open_storefront(transaction: Transaction, customer_id: UUID, partner_id: UUID) -> UUID:
    """Opens the conversation of a customer with a partner in the caller's transaction; there is none yet."""
    conversation_id = new_id()
    now = transaction.clock.now()
    await openings.insert_storefront(transaction, conversation_id, customer_id, partner_id, now)
    await append(transaction, [Change(conversation_id, 1, "opened", conversation_id, now)])
    return conversation_id


async def open_direct(database: Database, who: accounts.SignedIn, person_id: UUID) -> Conversation:
    """The direct chat with somebody of the organisation: the one there is, whoever opened it, or a new one.

    Raises Forbidden for who is no employee, UnknownPerson, and Invalid for a chat with oneself.
    """
    accounts.require_employee(who)
    if person_id == who.person_id:
        raise invalid("person_id", "yourself")
    if await memberships.not_employed(database, [person_id]):
        raise UnknownPerson
    async with database.transaction() as transaction:
        conversation_id = await _direct_chat(transaction, who.person_id, person_id)
    return await conversation(database, who.person_id, conversation_id)


async def _direct_chat(transaction: Transaction, one_id: UUID, other_id: UUID) -> UUID:
    found = await openings.find_direct(transaction, one_id, other_id)
    if found is not None:
        return found
    conversation_id = new_id()
    now = transaction.clock.now()
    try:
        async with transaction.savepoint():
            await openings.insert_direct(transaction, conversation_id, one_id, other_id, now)
            await append(transaction, [Change(conversation_id, 1, "opened", conversation_id, now)])
    except asyncpg.UniqueViolationError:
        # Both opened it at once: the other was first.
        found = await openings.find_direct(transaction, one_id, other_id)
        if found is None:
            raise
        return found
    return conversation_id
