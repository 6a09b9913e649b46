"""Messages that are sent later."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from estafette.conversations.models.conversations import Conversation
from estafette.files import File

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class ScheduledMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message that goes out at `send_at`, for its author only.

    `failure` is the code of the problem for which it was refused then; it waits for its author to mend it.
    """

    id: UUID
    conversation_id: UUID
    text: str
    attachments: list[File]
    mentions: list[UUID]
    mentions_all: bool
    reply_to: UUID | None
    created_at: datetime
    send_at: datetime
    failure: str | None


class ScheduledMessages(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody has scheduled, the next first, and the conversations of it that they may still read."""

    items: list[ScheduledMessage]
    conversations: list[Conversation]


class NewScheduledMessage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to say and when: as a message that is sent now, at least a minute and at most 366 days ahead."""

    send_at: Moment
    text: str = ""
    attachments: tuple[UUID, ...] = ()
    mentions: tuple[UUID, ...] = ()
    mentions_all: bool = False
    reply_to: UUID | None = None


class ScheduledMessageChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about a scheduled message; what is not mentioned stays."""

    text: str | msgspec.UnsetType = msgspec.UNSET
    mentions: tuple[UUID, ...] | msgspec.UnsetType = msgspec.UNSET
    mentions_all: bool | msgspec.UnsetType = msgspec.UNSET
    send_at: Moment | msgspec.UnsetType = msgspec.UNSET


class ScheduledRow(msgspec.Struct, frozen=True, kw_only=True):
    """A scheduled message as it is stored."""

    id: UUID
    person_id: UUID
    conversation_id: UUID
    text: str
    attachments: list[UUID]
    mentions: list[UUID]
    mentions_all: bool
    reply_to: UUID | None
    created_at: datetime
    send_at: datetime
    attempts: int
    failure: str | None
