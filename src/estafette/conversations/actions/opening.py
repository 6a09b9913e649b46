"""Opening the conversation of a customer with a partner."""

from uuid import UUID

import asyncpg

from estafette import accounts
from estafette.base.changes import Change, append
from estafette.base.database import Database, Transaction
from estafette.base.ids import new_id
from estafette.conversations.actions.sending import Sender
from estafette.conversations.actions.viewing import conversation
from estafette.conversations.errors import OwnPartner, UnknownPartner
from estafette.conversations.models import Draft, Opened
from estafette.conversations.rules import check_message
from estafette.conversations.store import conversations


async def write_to_partner(
    database: Database,
    sender: Sender,
    person: accounts.SignedIn,
    partner_id: UUID,
    text: str,
    attachments: tuple[UUID, ...],
    key: str | None,
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
        )
    )
    return Opened(await conversation(database, person.person_id, message.conversation_id), message)


async def _storefront_conversation(database: Database, person: accounts.SignedIn, partner_id: UUID) -> UUID:
    found = await conversations.find_storefront(database, person.person_id, partner_id)
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
    found = await conversations.find_storefront(transaction, customer_id, partner_id)
    if found is not None:
        return found
    try:
        async with transaction.savepoint():
            return await open_storefront(transaction, customer_id, partner_id)
    except asyncpg.UniqueViolationError:
        # Two first messages at once: the other one has opened it.
        found = await conversations.find_storefront(transaction, customer_id, partner_id)
        if found is None:
            raise
        return found


async def open_storefront(transaction: Transaction, customer_id: UUID, partner_id: UUID) -> UUID:
    """Opens the conversation of a customer with a partner in the caller's transaction; there is none yet."""
    conversation_id = new_id()
    now = transaction.clock.now()
    await conversations.insert_storefront(transaction, conversation_id, customer_id, partner_id, now)
    await append(transaction, [Change(conversation_id, 1, "opened", conversation_id, now)])
    return conversation_id
