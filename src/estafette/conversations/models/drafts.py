"""What somebody has begun to write."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from estafette.conversations.models.messages import Quoted

Revision = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class SavedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An unfinished message, for its author only; its `revision` is greater with each change.

    `quoted` is the message that it replies to, as it is now: null where that is deleted, or not in this conversation.
    """

    conversation_id: UUID
    text: str
    mentions: list[UUID]
    reply_to: UUID | None
    quoted: Quoted | None = None
    revision: int
    changed_at: datetime


class SavedDrafts(msgspec.Struct, frozen=True):
    """What somebody has begun to write, the newest first."""

    items: list[SavedDraft]


class DraftPut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is written so far; `revision` is that of the draft that was seen before, 0 for none."""

    text: str
    mentions: tuple[UUID, ...] = ()
    reply_to: UUID | None = None
    revision: Revision = 0
