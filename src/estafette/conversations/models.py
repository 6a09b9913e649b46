"""The nouns of conversations, as they are stored and as they travel."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.files import File

MessageKind = Literal["text", "confirmation"]
ChangeKind = Literal["opened", "message_sent", "message_edited", "message_deleted"]


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What was said: `ordinal` counts messages without a gap, `number` is the newest change that touched it.

    `party_id` is the side that speaks; `sender` is the person, and null for an automatic confirmation. A deleted
    message keeps its place with no text and no attachments.
    """

    id: UUID
    conversation_id: UUID
    ordinal: int
    number: int
    kind: MessageKind
    party_id: UUID
    sender: Card | None
    text: str
    attachments: list[File]
    created_at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    key: str | None = None


class Change(msgspec.Struct, frozen=True):
    """One step of a conversation, with the message it concerns in its present state."""

    number: int
    kind: str
    at: datetime
    message: Message | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The changes after a number: whoever holds `after` and applies them holds `until`; `head` is the newest."""

    conversation_id: UUID
    after: int
    until: int
    head: int
    changes: list[Change]


class Counterpart(msgspec.Struct, frozen=True):
    """The other side of a conversation."""

    kind: Literal["person", "partner"]
    id: UUID
    name: str
    picture: UUID | None


class Read(msgspec.Struct, frozen=True):
    """How far a person has read, and when they last did."""

    person: Card
    party_id: UUID
    ordinal: int
    at: datetime


class Seen(msgspec.Struct, frozen=True):
    """That a person has seen a message, and when first."""

    person: Card
    party_id: UUID
    at: datetime


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as one person sees it: `my_party` is the side they act for, `unread` their own count."""

    id: UUID
    kind: Literal["storefront"]
    number: int
    last_ordinal: int
    opened_at: datetime
    last_message_at: datetime | None
    last_message: Message | None
    unread: int
    archived_at: datetime | None
    my_party: UUID
    counterpart: Counterpart
    customer: Card
    partner: Card
    reads: list[Read]


class Page(msgspec.Struct, frozen=True):
    """A page of conversations, newest first; `next` is the cursor of the page after it."""

    items: list[Conversation]
    next: str | None


class History(msgspec.Struct, frozen=True, kw_only=True):
    """Messages from oldest to newest; `number` is what the reader holds of the change feed with them."""

    items: list[Message]
    first_ordinal: int
    last_ordinal: int
    number: int


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way in: who says what where, and the key under which a retry finds it again."""

    id: UUID
    conversation_id: UUID
    person_id: UUID
    text: str
    attachments: tuple[UUID, ...] = ()
    key: str | None = None


class Opened(msgspec.Struct, frozen=True):
    """A conversation and the message that opened or continued it."""

    conversation: Conversation
    message: Message


class ReadState(msgspec.Struct, frozen=True):
    """How far the person has read, and what is left."""

    ordinal: int
    unread: int


class Unread(msgspec.Struct, frozen=True):
    """What is unread on one side ("customer", or the id of a partner), in its newest 1,000 conversations."""

    side: str
    unread_conversations: int
    unread_messages: int


class Found(msgspec.Struct, frozen=True):
    """A message that a search found, with the conversation it is in."""

    message: Message
    conversation: Conversation
