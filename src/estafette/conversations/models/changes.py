"""The steps of a conversation."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.conversations.models.message_reactions import ReactionStep
from estafette.conversations.models.messages import Message

ChangeKind = Literal[
    "opened",
    "message_sent",
    "message_edited",
    "message_deleted",
    "message_pinned",
    "message_unpinned",
    "reaction_added",
    "reaction_removed",
    "member_joined",
    "member_left",
    "members_added",
    "member_changed",
    "conversation_changed",
]


class Change(msgspec.Struct, frozen=True):
    """One step of a conversation, with the message, person or reaction it concerns, in their present state.

    A reaction comes without its message, and with the `person` who reacts; both are null where it was changed again
    since, by a change with a greater number, or is gone with its message. One that was taken back some 90 days ago
    comes with its message instead.
    """

    number: int
    kind: str
    at: datetime
    message: Message | None
    person: Card | None = None
    reaction: ReactionStep | None = None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The changes after a number: whoever holds `after` and applies them holds `until`; `head` is the newest."""

    conversation_id: UUID
    after: int
    until: int
    head: int
    changes: list[Change]
