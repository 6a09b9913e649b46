"""What is said."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.conversations.models.message_reactions import Reaction
from estafette.conversations.models.threads import ThreadSummary
from estafette.files import File

MessageKind = Literal["text", "confirmation"]


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """What a message replies to, as it is now: the first 200 characters of it, and how many files it has.

    Of a deleted one there is nothing but its place.
    """

    id: UUID
    ordinal: int
    sender: Card | None
    excerpt: str
    attachments: int
    deleted: bool


class Origin(msgspec.Struct, frozen=True):
    """Where the words of a forwarded message were said first, and by whom, as it is stored."""

    sender: str
    at: datetime
    conversation_id: UUID
    ordinal: int


class ForwardedFrom(msgspec.Struct, frozen=True):
    """The open channel in which something was said first."""

    id: UUID
    name: str
    ordinal: int


class Forwarded(msgspec.Struct, frozen=True):
    """Whose words a message says again; `place` is told where everybody who reads it may read that, too."""

    sender: str
    at: datetime
    place: ForwardedFrom | None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What was said: `ordinal` counts messages without a gap, `number` is the newest change that touched it.

    `party_id` is the side that speaks; `sender` is the person, and null for an automatic confirmation. A deleted
    message keeps its place with no text, no attachments, no reactions and no quote. Lists of conversations leave out
    reactions and what is quoted.
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
    reactions: list[Reaction] = []
    thread: ThreadSummary | None = None
    quoted: Quoted | None = None
    forwarded: Forwarded | None = None


class Seen(msgspec.Struct, frozen=True):
    """That a person has seen a message, and when first."""

    person: Card
    party_id: UUID
    at: datetime


class History(msgspec.Struct, frozen=True, kw_only=True):
    """Messages from oldest to newest; `number` is what the reader holds of the change feed with them.

    `around` is the ordinal that was asked for, or that of the first message of the day.
    """

    items: list[Message]
    first_ordinal: int
    last_ordinal: int
    number: int
    around: int | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way in: who says what where, and the key under which a retry finds it again.

    What is said in the name of a party by nobody, as the automatic confirmation, has a `party_id` and no `person_id`.
    `draft` is the revision of what was kept of it while it was written, which goes when it is stored.
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
    reply_to: UUID | None = None
    draft: int | None = None
    forwarded: Origin | None = None
