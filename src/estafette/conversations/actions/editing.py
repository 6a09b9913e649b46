"""Changing and deleting what one has said."""

from uuid import UUID

from estafette import files
from estafette.base.database import Database, Transaction
from estafette.base.quotas import Quotas, Used, used
from estafette.conversations.actions.locking import Locked, lock, take_number
from estafette.conversations.errors import (
    ConversationArchived,
    MessageDeleted,
    NotYourMessage,
    OnlyReading,
    UnknownMessage,
)
from estafette.conversations.models.messages import Message
from estafette.conversations.rules import MODERATING, check_message
from estafette.conversations.store import message_reactions, messages, threads


async def edit_message(
    database: Database,
    person_id: UUID,
    conversation_id: UUID,
    message_id: UUID,
    text: str,
    quotas: Quotas | None = None,
) -> Message:
    """Replaces the text of one's own message, which counts as much as a message does.

    Raises UnknownMessage, NotYourMessage, MessageDeleted, Invalid, QuotaExceeded, DiskFull.
    """
    limits = quotas or Quotas()
    limits.check_disk()
    async with database.transaction() as transaction:
        place, message = await _locked_message(transaction, person_id, conversation_id, message_id)
        if message.sender is None or message.sender.id != person_id:
            raise NotYourMessage
        if place.role == "reader":
            raise OnlyReading
        if place.archived:
            raise ConversationArchived
        if message.deleted_at is not None:
            raise MessageDeleted
        check_message(text, [each.id for each in message.attachments])
        if text != message.text:
            now = transaction.clock.now()
            before = (await used(transaction, [person_id], now)).get(person_id, Used())
            limits.check(before, Used(messages=1, bytes=len(text.encode())), now)
            await messages.edit(transaction, message_id, text, place.number, person_id, now)
            await take_number(transaction, place, "message_edited", message_id)
        return (await messages.by_ids(transaction, [message_id], person_id))[message_id]


async def delete_message(database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID) -> Message:
    """Empties a message, which keeps its place; deleting it again changes nothing.

    One's own, or anybody's in a group or channel that one moderates. Raises UnknownMessage, NotYourMessage.
    """
    async with database.transaction() as transaction:
        place, message = await _locked_message(transaction, person_id, conversation_id, message_id)
        own = message.sender is not None and message.sender.id == person_id
        if not own and place.role not in MODERATING:
            raise NotYourMessage
        if message.deleted_at is None:
            await files.hold(transaction, [each.id for each in message.attachments])
            released = await messages.delete(transaction, message_id, place.number, transaction.clock.now())
            await message_reactions.forget(transaction, message_id)
            if released:
                await files.release(transaction, released)
            if place.kind == "thread":
                await threads.count_out(transaction, place.id, message_id)
            await take_number(transaction, place, "message_deleted", message_id)
        return (await messages.by_ids(transaction, [message_id], person_id))[message_id]


async def _locked_message(
    transaction: Transaction, person_id: UUID, conversation_id: UUID, message_id: UUID
) -> tuple[Locked, Message]:
    place = await lock(transaction, person_id, conversation_id)
    message = (await messages.by_ids(transaction, [message_id])).get(message_id)
    if message is None or message.conversation_id != conversation_id:
        raise UnknownMessage
    return place, message
