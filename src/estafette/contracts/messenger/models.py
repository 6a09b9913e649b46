"""The wire format of document D4: its names, its types, nothing more."""

from datetime import datetime
from typing import Literal

import msgspec

from estafette import conversations

ChannelStatus = Literal["active", "archived"]
UserStatus = Literal["available", "away", "do_not_disturb"]
Searched = Literal["messages", "contacts", "files", "tickets"]


class Credentials(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs in."""

    email: str
    password: str


class Authorisation(msgspec.Struct, frozen=True, rename="camel"):
    """A bearer token of one day, and whose it is."""

    token: str
    user_id: str


class MessengerUser(msgspec.Struct, frozen=True):
    """An employee: `info` is what they say of themselves, `status` whether they are there."""

    id: str
    name: str
    email: str
    info: str
    status: UserStatus


class MessengerUserChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different about oneself; what is left out stays."""

    info: str | msgspec.UnsetType = msgspec.UNSET
    status: UserStatus | msgspec.UnsetType = msgspec.UNSET


class MessengerChannel(msgspec.Struct, frozen=True, rename="camel"):
    """A chat: `user` owns it, `contacts` are the others in it (the first 1,000), `unread_count` is of who asks."""

    id: str
    nameof: str
    user: str | None
    contacts: list[str]
    status: ChannelStatus
    unread_count: int
    last_message_at: datetime | None


class NewMessengerChannel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A chat to open; `user` is the caller, who owns it."""

    nameof: str
    user: str
    contacts: list[str] = []
    status: ChannelStatus = "active"


class MessengerChannelChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different about a chat; what is left out stays."""

    nameof: str | msgspec.UnsetType = msgspec.UNSET
    contacts: list[str] | msgspec.UnsetType = msgspec.UNSET
    status: ChannelStatus | msgspec.UnsetType = msgspec.UNSET


class MessengerMessage(msgspec.Struct, frozen=True, rename="camel"):
    """A message; one that was deleted keeps its place without a content."""

    id: str
    content: str
    sender_id: str
    channel_id: str
    created_at: datetime


class MessengerFile(msgspec.Struct, frozen=True, rename="camel"):
    """A file, and the message of the chat that it came with; its `size` in bytes."""

    id: str
    name: str
    size: int
    channel_id: str
    message_id: str
    created_at: datetime


class MessengerTicket(msgspec.Struct, frozen=True):
    """A ticket."""

    tiketid: str
    userid: str
    status: str
    comment: str


class MessengerResults(msgspec.Struct, frozen=True):
    """What was found of each kind."""

    messages: list[MessengerMessage] = []
    contacts: list[MessengerUser] = []
    files: list[MessengerFile] = []
    tickets: list[MessengerTicket] = []


class MessengerError(msgspec.Struct, frozen=True):
    """What went wrong, as a text."""

    error: str


def wire_channel(roster: conversations.Roster) -> MessengerChannel:
    """A chat as the document shows it."""
    return MessengerChannel(
        id=str(roster.id),
        nameof=roster.name,
        user=None if roster.owner_id is None else str(roster.owner_id),
        contacts=[str(each) for each in roster.others],
        status="archived" if roster.archived else "active",
        unread_count=roster.unread,
        last_message_at=roster.last_message_at,
    )


def wire_message(message: conversations.Message) -> MessengerMessage:
    """A message as the document shows it."""
    return MessengerMessage(
        id=str(message.id),
        content=message.text,
        sender_id=str(message.sender.id if message.sender else message.party_id),
        channel_id=str(message.conversation_id),
        created_at=message.created_at,
    )
