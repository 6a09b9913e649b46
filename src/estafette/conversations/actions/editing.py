"""Changing and deleting what one has said."""

from uuid import UUID

from estafette import files
from estafette.base import changes
from estafette.base.changes import Change, Hint
from estafette.base.database import Database, Transaction
from estafette.base.quotas import Quotas, Used, used
from estafette.conversations.errors import MessageDeleted, NotYourMessage, UnknownConversation, UnknownMessage
from estafette.conversations.models import ChangeKind, Message
from estafette.conversations.rules import check_message
from estafette.conversations.store import conversations, messages, sends


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
        number, parties, message = await _own_message(transaction, person_id, conversation_id, message_id)
        if message.deleted_at is not None:
            raise MessageDeleted
        check_message(text, [each.id for each in message.attachments])
        if text != message.text:
            now = transaction.clock.now()
            before = (await used(transaction, [person_id], now)).get(person_id, Used())
            limits.check(before, Used(messages=1, bytes=len(text.encode())), now)
            await messages.edit(transaction, message_id, text, number, person_id, now)
            await _announce(transaction, conversation_id, number, "message_edited", message_id, parties)
        return (await messages.by_ids(transaction, [message_id]))[message_id]


async def delete_message(database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID) -> Message:
    """Empties one's own message, which keeps its place; deleting it again changes nothing."""
    async with database.transaction() as transaction:
        number, parties, message = await _own_message(transaction, person_id, conversation_id, message_id)
        if message.deleted_at is None:
            released = await messages.delete(transaction, message_id, number, transaction.clock.now())
            if released:
                await files.release(transaction, released)
            await _announce(transaction, conversation_id, number, "message_deleted", message_id, parties)
        return (await messages.by_ids(transaction, [message_id]))[message_id]


async def _own_message(
    transaction: Transaction, person_id: UUID, conversation_id: UUID, message_id: UUID
) -> tuple[int, tuple[UUID, ...], Message]:
    """Locks the conversation and returns its next number, its parties and the message."""
    if await conversations.viewer_state(transaction, conversation_id, person_id) is None:
        raise UnknownConversation
    [locked] = await sends.lock(transaction, [conversation_id])
    message = (await messages.by_ids(transaction, [message_id])).get(message_id)
    if message is None or message.conversation_id != conversation_id:
        raise UnknownMessage
    if message.sender is None or message.sender.id != person_id:
        raise NotYourMessage
    return locked["head"] + 1, tuple(locked["parties"]), message


async def _announce(
    transaction: Transaction,
    conversation_id: UUID,
    number: int,
    kind: ChangeKind,
    message_id: UUID,
    parties: tuple[UUID, ...],
) -> None:
    await messages.advance(transaction, conversation_id, number)
    now = transaction.clock.now()
    await changes.append(transaction, [Change(conversation_id, number, kind, message_id, now)])
    transaction.announce(Hint("conversation", conversation_id, number - 1, number, parties).event())
