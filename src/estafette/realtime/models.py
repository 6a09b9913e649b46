"""What a connection is told about whoever opened it, and the frames that it exchanges (docs/live-protocol.md)."""

from collections.abc import Awaitable, Callable
from enum import IntEnum
from typing import Final
from uuid import UUID

import msgspec

HEARTBEAT_SECONDS: Final = 20
SILENCE_SECONDS: Final = 45


class Close(IntEnum):
    """Why a connection was closed (RFC 6455 leaves 4000–4999 to applications)."""

    RESTART = 1012
    BAD_FRAME = 4400
    SIGNED_OUT = 4401
    FOREIGN_ORIGIN = 4403
    SILENT = 4408
    TOO_MANY = 4409
    TOO_SLOW = 4429


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever opened a connection: their id, the topics they may follow, and how to ask for these again.

    `ask_again` returns the topics as they are now, or None when the credential is no longer good. `say` takes what a
    client says beside heartbeats: the type of the frame and its `conversation`.
    """

    id: UUID
    topics: frozenset[UUID]
    ask_again: Callable[[], Awaitable[frozenset[UUID] | None]]
    say: Callable[[str, UUID], Awaitable[None]]


class Beat(msgspec.Struct, tag_field="type", tag="beat"):
    """I am here."""


class Typing(msgspec.Struct, tag_field="type", tag="typing"):
    """I am writing in a conversation."""

    conversation: UUID


FromClient = Beat | Typing
