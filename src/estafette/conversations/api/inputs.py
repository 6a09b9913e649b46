"""What people may send, and in which bounds numbers in a query lie."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from estafette.http import Number, Query

RunLimit = Annotated[int, Meta(ge=1, le=200), Query("How many messages at most")]
After = Annotated[Number, Query("The number that one holds")]
AfterOrdinal = Annotated[Number, Query("The ordinal of a message")]
ChangeLimit = Annotated[int, Meta(ge=1, le=1000), Query("How many changes at most")]


class NewMessage(msgspec.Struct, forbid_unknown_fields=True):
    """What to say: a text of at most 10,000 characters, up to 10 uploaded files, or both.

    In a group or channel it may mention up to 100 members, who are notified of it unless they chose
    the level `nothing`; owners and moderators may mention all. `reply_to` is a message of the same
    conversation, which is quoted; `draft` is the revision of the draft that it was, which goes.
    """

    text: str = ""
    attachments: tuple[UUID, ...] = ()
    mentions: tuple[UUID, ...] = ()
    mentions_all: bool = False
    reply_to: UUID | None = None
    draft: Number | None = None


class FirstMessage(msgspec.Struct, forbid_unknown_fields=True):
    """What to say to which partner; `reply_to` is a message of the conversation there is, which is quoted."""

    partner_id: UUID
    text: str = ""
    attachments: tuple[UUID, ...] = ()
    reply_to: UUID | None = None


class ForwardTo(msgspec.Struct, forbid_unknown_fields=True):
    """Where to say it again, 20 conversations at most; `text` is said before it in each of them."""

    conversations: tuple[UUID, ...]
    text: str = ""


class NewText(msgspec.Struct, forbid_unknown_fields=True):
    """The text that takes the place of the old one."""

    text: str


class ReadUpTo(msgspec.Struct, forbid_unknown_fields=True):
    """The ordinal of the newest message that was seen; with `back` all after it count as unread again."""

    ordinal: int
    back: bool = False
