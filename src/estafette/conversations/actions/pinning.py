"""Pinning what everybody should find again."""

from typing import Final
from uuid import UUID

from estafette.base.database import Database
from estafette.conversations.actions.locking import lock, take_number
from estafette.conversations.errors import (
    ConversationArchived,
    MessageDeleted,
    NotAllowedHere,
    TooManyPinned,
    UnknownConversation,
    UnknownMessage,
)
from estafette.conversations.models.messages import Message
from estafette.conversations.rules import MODERATING
from estafette.conversations.store import conversations, messages

MOST_PINNED: Final = 100


async def set_pinned(
    database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID, *, is_pinned: bool
) -> Message:
    """Pins a message or unpins it: in a direct chat either of the two, in a group or channel who moderates it.

    Raises UnknownConversation, UnknownMessage, NotAllowedHere, ConversationArchived, MessageDeleted, TooManyPinned.
    """
    async with database.transaction() as transaction:
        place = await lock(transaction, person_id, conversation_id)
        if place.place_kind != "direct" and place.role not in MODERATING:
            raise NotAllowedHere
        if place.archived:
            raise ConversationArchived
        message = (await messages.by_ids(transaction, [message_id])).get(message_id)
        if message is None or message.conversation_id != conversation_id:
            raise UnknownMessage
        if message.deleted_at is not None:
            raise MessageDeleted
        if (message.pinned_at is not None) != is_pinned:
            if is_pinned and len(await messages.pinned(transaction, conversation_id, MOST_PINNED)) == MOST_PINNED:
                raise TooManyPinned
            at = transaction.clock.now() if is_pinned else None
            await messages.set_pinned(transaction, message_id, place.number, at)
            await take_number(transaction, place, "message_pinned" if is_pinned else "message_unpinned", message_id)
        return (await messages.by_ids(transaction, [message_id], person_id))[message_id]


async def pinned(database: Database, person_id: UUID, conversation_id: UUID) -> list[Message]:
    """What is pinned in a conversation, newest first; raises UnknownConversation."""
    if await conversations.viewer_state(database, conversation_id, person_id) is None:
        raise UnknownConversation
    return await messages.pinned(database, conversation_id, MOST_PINNED, person_id)
