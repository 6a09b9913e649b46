"""The wire format of document D5: its names, its types, nothing more."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from estafette import conversations


class StorefrontMessage(msgspec.Struct, frozen=True, rename="camel"):
    """A message; `read` says whether the other side has read it."""

    id: str
    content: str
    sender_id: str
    conversation_id: str
    created_at: datetime
    read: bool


class StorefrontConversation(msgspec.Struct, frozen=True, rename="camel"):
    """A conversation; `unread_count` is that of the person who asks, `messages` holds the newest message only."""

    id: str
    client_id: str
    partner_id: str
    last_message_at: datetime | None
    unread_count: int
    messages: list[StorefrontMessage]


class NewStorefrontMessage(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """What to say, in a conversation or to a partner."""

    content: str
    conversation_id: str | None = None
    partner_id: str | None = None


class StorefrontError(msgspec.Struct, frozen=True):
    """What went wrong, as a text."""

    error: str


def wire_message(message: conversations.Message, read_by_others: int) -> StorefrontMessage:
    """A message; a confirmation, which no person wrote, is sent by the partner."""
    return StorefrontMessage(
        id=str(message.id),
        content=message.text,
        sender_id=str(message.sender.id if message.sender else message.party_id),
        conversation_id=str(message.conversation_id),
        created_at=message.created_at,
        read=message.ordinal <= read_by_others,
    )


def wire_conversation(conversation: conversations.StorefrontConversation) -> StorefrontConversation:
    """A conversation with its newest message."""
    newest = conversation.last_message
    return StorefrontConversation(
        id=str(conversation.id),
        client_id=str(conversation.customer.id),
        partner_id=str(conversation.partner.id),
        last_message_at=conversation.last_message_at,
        unread_count=conversation.unread,
        messages=[]
        if newest is None
        else [wire_message(newest, furthest_read([(one.party_id, one.ordinal) for one in conversation.reads], newest))],
    )


def furthest_read(positions: Iterable[tuple[UUID, int]], message: conversations.Message) -> int:
    """How far anybody of the sides that did not write the message has read."""
    return max((ordinal for party, ordinal in positions if party != message.party_id), default=0)
