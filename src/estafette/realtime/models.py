"""What a connection is told about whoever opened it, and the frames that it exchanges (docs/live-protocol.md)."""

from collections.abc import Awaitable, Callable
from enum import IntEnum
from typing import Annotated, Final
from uuid import UUID

import msgspec

HEARTBEAT_SECONDS: Final = 20
SILENCE_SECONDS: Final = 45
MOST_SHOWN: Final = 1_000
"""People whom a connection shows at a time."""


class Close(IntEnum):
    """Why a connection was closed (RFC 6455 leaves 4000–4999 to applications)."""

    RESTART = 1012
    BAD_FRAME = 4400
    SIGNED_OUT = 4401
    FOREIGN_ORIGIN = 4403
    SILENT = 4408
    TOO_MANY = 4409
    TOO_SLOW = 4429


TOPIC: Final = "topic"
"""The event that some people follow a topic from its commit on, or do no more (`TopicChange`)."""


class TopicChange(msgspec.Struct, frozen=True):
    """Whose connections follow a topic from now on, or do no more.

    Without `people` each process asks for itself: who of those it serves follows the topic now (`follows`), or whether
    those who follow it may still do so.
    """

    topic: UUID
    people: tuple[UUID, ...]
    follows: bool


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever opened a connection: their id, the topics they may follow, and how to ask for these again.

    `ask_again` returns the topics as they are now, or None when the credential is no longer good. `may_watch` tells
    whether a topic that is none of theirs may be looked at. `say` takes what a client says beside heartbeats: the type
    of the frame and its `conversation`.
    """

    id: UUID
    topics: frozenset[UUID]
    ask_again: Callable[[], Awaitable[frozenset[UUID] | None]]
    may_watch: Callable[[UUID], Awaitable[bool]]
    say: Callable[[str, UUID], Awaitable[None]]


class Beat(msgspec.Struct, tag_field="type", tag="beat"):
    """I am here."""


class Typing(msgspec.Struct, tag_field="type", tag="typing"):
    """I am writing in a conversation."""

    conversation: UUID


class Watch(msgspec.Struct, tag_field="type", tag="watch"):
    """I show a conversation that I may read without being in it: tell me of it, too."""

    conversation: UUID


class Unwatch(msgspec.Struct, tag_field="type", tag="unwatch"):
    """I show it no more."""

    conversation: UUID


class Active(msgspec.Struct, tag_field="type", tag="active"):
    """Somebody uses this client."""


class Idle(msgspec.Struct, tag_field="type", tag="idle"):
    """Nobody has used this client for a while."""


class ShowPresence(msgspec.Struct, tag_field="type", tag="show_presence"):
    """I show these people and no others: tell me whether they are there."""

    people: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=MOST_SHOWN)]


FromClient = Beat | Typing | Watch | Unwatch | Active | Idle | ShowPresence
