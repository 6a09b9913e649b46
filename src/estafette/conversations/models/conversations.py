"""The kinds of conversations, as one person sees them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.base.languages import Language
from estafette.conversations.models.groups import Level, MemberRole
from estafette.conversations.models.messages import Message

ConversationKind = Literal["storefront", "direct", "group", "channel"]
"""The kinds that are listed as conversations; threads have a list of their own."""


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


class AnyConversation(msgspec.Struct, frozen=True, kw_only=True):
    """What all kinds of conversations have, as one person sees it; `unread` is their own count.

    Up to `read_ordinal` nothing counts as unread; `marked_unread` says that they put it aside to come back to it, which
    does not change the count.

    `reads` tells how far people have read where at most 50 are in it; `archived_at` since when it is put away: a
    storefront's for the side the person acts for, a group or channel for everybody, so that nobody writes in it any
    more.
    """

    id: UUID
    number: int
    last_ordinal: int
    opened_at: datetime
    last_message_at: datetime | None
    last_message: Message | None
    unread: int
    read_ordinal: int
    marked_unread: bool
    archived_at: datetime | None
    reads: list[Read]


class TwoSided(AnyConversation, frozen=True, kw_only=True):
    """What two parties have with each other: `my_party` is the side that the person acts for."""

    my_party: UUID
    counterpart: Counterpart


class StorefrontConversation(TwoSided, frozen=True, kw_only=True, tag_field="kind", tag="storefront"):
    """A customer and a partner; `confirmed_message` is what the customer said before the confirmation that stands last.

    It is None unless `last_message` is an automatic confirmation: lists show what was asked instead of that.
    """

    customer: Card
    partner: Card
    confirmed_message: Message | None = None


class CustomerDetails(msgspec.Struct, frozen=True):
    """What helps to answer a customer: language and IANA time zone; None for who has no account any more."""

    language: Language | None
    time_zone: str | None


class DirectConversation(TwoSided, frozen=True, kw_only=True, tag_field="kind", tag="direct"):
    """Two people of the organisation; `favourite`, `my_level` (all or nothing) and `put_away_at` are the viewer's own.

    One that is put away comes back with the next message, unless the level is nothing. A `deactivated` counterpart
    cannot sign in any more.
    """

    favourite: bool
    my_level: Level
    put_away_at: datetime | None
    deactivated: bool


class GroupLike(AnyConversation, frozen=True, kw_only=True):
    """What groups and channels have: `my_role` and `my_level` are None for who reads an open one without being in it.

    `mentioned` counts the unread messages that mention the person, `members` who is in it; `favourite` and
    `put_away_at` are the person's own, as in a direct chat.
    """

    name: str
    purpose: str
    members: int
    is_open: bool
    my_role: MemberRole | None
    my_level: Level | None
    mentioned: int
    favourite: bool
    put_away_at: datetime | None


class GroupConversation(GroupLike, frozen=True, kw_only=True, tag_field="kind", tag="group"):
    """Some people of the organisation; nobody finds it who is not in it."""


class ChannelConversation(GroupLike, frozen=True, kw_only=True, tag_field="kind", tag="channel"):
    """A place about something, for any number of people of the organisation; an open one is found and joined by all."""


ChatConversation = DirectConversation | GroupConversation | ChannelConversation
"""What colleagues have with each other."""


class ThreadParent(msgspec.Struct, frozen=True, kw_only=True):
    """The conversation in which a thread began: with whom a direct chat is, or how a group or channel is called."""

    id: UUID
    kind: Literal["direct", "group", "channel"]
    name: str
    picture: UUID | None


class ThreadConversation(AnyConversation, frozen=True, kw_only=True, tag_field="kind", tag="thread"):
    """What was said below a message, the `root`; who may read the parent may read it.

    `my_role` is that in the parent, None in a direct chat and for who is not in it; `my_level` None for who does not
    follow the thread. `archived_at` is that of the parent. `reads` is empty.
    """

    parent: ThreadParent
    root: Message
    replies: int
    my_role: MemberRole | None
    my_level: Level | None
    mentioned: int


Conversation = StorefrontConversation | ChatConversation | ThreadConversation


class Page(msgspec.Struct, frozen=True):
    """A page of conversations, newest first; `next` is the cursor of the page after it."""

    items: list[Conversation]
    next: str | None


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
    """What an employee has not read in direct chats, groups and channels; what is archived or put away is left out.

    Of what is muted only the mentions count.
    """

    unread_conversations: int
    unread_messages: int
    mentioned: int
