"""What a search found."""

from typing import Literal

import msgspec

from estafette.accounts import Colleague
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.models.messages import Message
from estafette.files import File
from estafette.search import Range

Kind = Literal["messages", "people", "chats", "files"]
Sort = Literal["newest", "best"]


class FoundMessage(msgspec.Struct, frozen=True):
    """A message that was found, with its conversation.

    `excerpt` is what it says around the first words that were asked for, `highlights` where in it they stand: first
    character and the one after the last, in Unicode code points.
    """

    message: Message
    conversation: Conversation
    excerpt: str
    highlights: list[Range]


class FoundFile(msgspec.Struct, frozen=True):
    """A file that was found, with the message that it is attached to; `highlights` are in its name.

    `excerpt` is what it says around the first words that were asked for, with `excerpt_highlights`; empty where only
    its name is known.
    """

    file: File
    message: Message
    conversation: Conversation
    highlights: list[Range]
    excerpt: str = ""
    excerpt_highlights: list[Range] = []


class FoundMessages(msgspec.Struct, frozen=True):
    """A page of messages; `next` is the cursor of the page after it."""

    items: list[FoundMessage] = []
    next: str | None = None


class FoundFiles(msgspec.Struct, frozen=True):
    """A page of files; `next` is the cursor of the page after it."""

    items: list[FoundFile] = []
    next: str | None = None


class FoundPeople(msgspec.Struct, frozen=True):
    """A page of colleagues; `next` is the cursor of the page after it."""

    items: list[Colleague] = []
    next: str | None = None


class FoundChats(msgspec.Struct, frozen=True):
    """A page of conversations; `next` is the cursor of the page after it."""

    items: list[Conversation] = []
    next: str | None = None


class Results(msgspec.Struct, frozen=True):
    """What was found of each kind that was asked for; the other kinds are null."""

    messages: FoundMessages | None = None
    people: FoundPeople | None = None
    chats: FoundChats | None = None
    files: FoundFiles | None = None
