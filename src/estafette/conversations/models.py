"""The nouns of conversations, as they are stored and as they travel."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.files import File

ConversationKind = Literal["storefront", "direct", "group", "channel"]
MessageKind = Literal["text", "confirmation"]
ChangeKind = Literal[
    "opened",
    "message_sent",
    "message_edited",
    "message_deleted",
    "message_pinned",
    "message_unpinned",
    "member_joined",
    "member_left",
    "members_added",
    "member_changed",
    "conversation_changed",
]
MemberRole = Literal["owner", "moderator", "member", "reader"]
Level = Literal["all", "mentions", "nothing"]
"""Of which messages of a group or channel a member wants to be notified."""


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
    mentions: list[UUID] = []
    mentions_all: bool = False
    pinned_at: datetime | None = None


class Change(msgspec.Struct, frozen=True):
    """One step of a conversation, with the message or the person it concerns, in their present state."""

    number: int
    kind: str
    at: datetime
    message: Message | None
    person: Card | None = None


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


class AnyConversation(msgspec.Struct, frozen=True, kw_only=True):
    """What all kinds of conversations have, as one person sees it; `unread` is their own count.

    `reads` tells how far people have read where at most 50 are in it; `archived_at` since when it is put away: for the
    side the person acts for, a group or channel for everybody, so that nobody writes in it any more.
    """

    id: UUID
    number: int
    last_ordinal: int
    opened_at: datetime
    last_message_at: datetime | None
    last_message: Message | None
    unread: int
    archived_at: datetime | None
    reads: list[Read]


class TwoSided(AnyConversation, frozen=True, kw_only=True):
    """What two parties have with each other: `my_party` is the side that the person acts for."""

    my_party: UUID
    counterpart: Counterpart


class StorefrontConversation(TwoSided, frozen=True, kw_only=True, tag_field="kind", tag="storefront"):
    """A customer and a partner."""

    customer: Card
    partner: Card


class DirectConversation(TwoSided, frozen=True, kw_only=True, tag_field="kind", tag="direct"):
    """Two people of the organisation."""


class GroupLike(AnyConversation, frozen=True, kw_only=True):
    """What groups and channels have: `my_role` and `my_level` are None for who reads an open one without being in it.

    `mentioned` counts the unread messages that mention the person, `members` who is in it.
    """

    name: str
    purpose: str
    members: int
    is_open: bool
    my_role: MemberRole | None
    my_level: Level | None
    mentioned: int


class GroupConversation(GroupLike, frozen=True, kw_only=True, tag_field="kind", tag="group"):
    """Some people of the organisation; nobody finds it who is not in it."""


class ChannelConversation(GroupLike, frozen=True, kw_only=True, tag_field="kind", tag="channel"):
    """A place about something, for any number of people of the organisation; an open one is found and joined by all."""


Conversation = StorefrontConversation | DirectConversation | GroupConversation | ChannelConversation


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Who is in a group or channel, and as what."""

    person: Card
    role: MemberRole
    joined_at: datetime


class NewGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group or channel to open; an open channel is found and joined by all of the organisation."""

    kind: Literal["group", "channel"]
    name: str
    purpose: str = ""
    is_open: bool = False


class GroupChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about a group or channel."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    purpose: str | msgspec.UnsetType = msgspec.UNSET
    is_open: bool | msgspec.UnsetType = msgspec.UNSET


class OpenChannel(msgspec.Struct, frozen=True, kw_only=True):
    """A channel that anybody of the organisation may read and join."""

    id: UUID
    name: str
    purpose: str
    members: int
    joined: bool


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
    """A message on its way in: who says what where, and the key under which a retry finds it again.

    What is said in the name of a party by nobody, as the automatic confirmation, has a `party_id` and no `person_id`.
    """

    id: UUID
    conversation_id: UUID
    person_id: UUID | None
    text: str
    attachments: tuple[UUID, ...] = ()
    key: str | None = None
    kind: MessageKind = "text"
    party_id: UUID | None = None
    mentions: tuple[UUID, ...] = ()
    mentions_all: bool = False


class Opened(msgspec.Struct, frozen=True):
    """A storefront conversation and the message that opened or continued it."""

    conversation: StorefrontConversation
    message: Message


class ReadState(msgspec.Struct, frozen=True):
    """How far the person has read, what is left, and how much of that mentions them."""

    ordinal: int
    unread: int
    mentioned: int = 0


class Unread(msgspec.Struct, frozen=True):
    """What is unread on one side ("customer", or the id of a partner), in its newest 1,000 conversations."""

    side: str
    unread_conversations: int
    unread_messages: int


class UnreadChats(msgspec.Struct, frozen=True):
    """What an employee has not read in direct chats, groups and channels; muted and archived ones left out."""

    unread_conversations: int
    unread_messages: int
    mentioned: int


class Found(msgspec.Struct, frozen=True):
    """A message that a search found, with the conversation it is in."""

    message: Message
    conversation: Conversation
