"""Reacting to what was said with an emoji."""

from typing import Final
from uuid import UUID

from estafette.base.database import Database, Transaction
from estafette.base.emojis import LONGEST, exactly_one
from estafette.base.errors import invalid
from estafette.conversations.actions.locking import Locked, lock, take_number
from estafette.conversations.errors import (
    ConversationArchived,
    MessageDeleted,
    NotAllowedHere,
    NotAMember,
    TooManyReactions,
    UnknownConversation,
    UnknownMessage,
)
from estafette.conversations.models.message_reactions import Reactors
from estafette.conversations.models.messages import Message
from estafette.conversations.rules import TAKEN_BACK_KEPT, TWO_SIDED
from estafette.conversations.store import conversations, message_reactions, messages

MOST_KINDS: Final = 30
"""Different emoji under one message."""
_FORGOTTEN_AT_ONCE: Final = 10_000


async def react(database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID, emoji: str) -> Message:
    """Puts an emoji under a message; doing it again changes nothing. Who only reads in a channel may do so, too.

    Raises Invalid, UnknownConversation, NotAMember, NotAllowedHere (in a storefront), ConversationArchived,
    UnknownMessage, MessageDeleted, TooManyReactions.
    """
    emoji = _read(emoji)
    async with database.transaction() as transaction:
        place, message = await _locked(transaction, person_id, conversation_id, message_id)
        there = await message_reactions.kinds(transaction, message_id)
        if emoji not in there and len(there) >= MOST_KINDS:
            raise TooManyReactions
        if await message_reactions.add(
            transaction,
            message_id,
            emoji,
            person_id,
            conversation_id=conversation_id,
            ordinal=message.ordinal,
            number=place.number,
            at=transaction.clock.now(),
        ):
            await take_number(transaction, place, "reaction_added", message_id)
        return (await messages.by_ids(transaction, [message_id], person_id))[message_id]


async def take_back(
    database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID, emoji: str
) -> Message:
    """Takes one's own emoji away again; what does not stand there changes nothing. Raises as `react`."""
    emoji = _read(emoji)
    async with database.transaction() as transaction:
        place, _ = await _locked(transaction, person_id, conversation_id, message_id)
        if await message_reactions.take_back(
            transaction, message_id, emoji, person_id, number=place.number, at=transaction.clock.now()
        ):
            await take_number(transaction, place, "reaction_removed", message_id)
        return (await messages.by_ids(transaction, [message_id], person_id))[message_id]


async def reactors(
    database: Database,
    person_id: UUID,
    conversation_id: UUID,
    message_id: UUID,
    *,
    emoji: str | None = None,
    after: int = 0,
    limit: int = 30,
) -> Reactors:
    """Who reacted to a message, the first first; raises Invalid, UnknownConversation, UnknownMessage."""
    emoji = _read(emoji) if emoji is not None else None
    if await conversations.viewer_state(database, conversation_id, person_id) is None:
        raise UnknownConversation
    if await messages.ordinal_of(database, conversation_id, message_id) is None:
        raise UnknownMessage
    found = await message_reactions.people(database, message_id, emoji, after, limit + 1)
    return Reactors(items=[each for _, each in found[:limit]], next=found[limit - 1][0] if len(found) > limit else None)


async def forget_taken_back(database: Database) -> None:
    """Removes what was taken back more than 90 days ago: its change comes with the message as it is now instead."""
    before = database.clock.now() - TAKEN_BACK_KEPT
    while await message_reactions.forget_taken_back(database, before, _FORGOTTEN_AT_ONCE) == _FORGOTTEN_AT_ONCE:
        pass


def _read(emoji: str) -> str:
    if len(emoji) > LONGEST:
        raise invalid("emoji", "too_long", max=LONGEST)
    found = exactly_one(emoji)
    if found is None:
        raise invalid("emoji", "not_an_emoji")
    return found


async def _locked(
    transaction: Transaction, person_id: UUID, conversation_id: UUID, message_id: UUID
) -> tuple[Locked, Message]:
    place = await lock(transaction, person_id, conversation_id)
    if place.place_kind == "storefront":
        raise NotAllowedHere
    if place.place_kind not in TWO_SIDED and place.role is None:
        raise NotAMember
    if place.archived:
        raise ConversationArchived
    message = (await messages.by_ids(transaction, [message_id])).get(message_id)
    if message is None or message.conversation_id != conversation_id:
        raise UnknownMessage
    if message.deleted_at is not None:
        raise MessageDeleted
    return place, message
