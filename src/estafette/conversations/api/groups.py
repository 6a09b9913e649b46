"""Direct chats, groups, channels and who is in them, over HTTP."""

from typing import Annotated, Final
from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.cursors import read_name_cursor, write_cursor
from estafette.base.database import Database
from estafette.conversations.actions import groups, membership, opening
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.models.groups import GroupChanges, Member, MemberRole, NewGroup, OpenChannel
from estafette.http import Limit, Query, delete, get, patch, post, put

TAGS = ["Groups and channels"]
INVITATION_BYTES: Final = membership.INVITED_AT_ONCE * 45 + 1_024
"""An id with its quotes, a comma and some space."""


class DirectWith(msgspec.Struct, forbid_unknown_fields=True):
    """Whom to talk with."""

    person_id: UUID


class Invited(msgspec.Struct, forbid_unknown_fields=True):
    """Whom to let in, 20,000 people at most, and as what."""

    people: tuple[UUID, ...]
    role: MemberRole = "member"


class NewRole(msgspec.Struct, forbid_unknown_fields=True):
    """What a member is from now on."""

    role: MemberRole


class Channels(msgspec.Struct, frozen=True):
    """A page of open channels; `next` is the cursor of the page after it."""

    items: list[OpenChannel]
    next: str | None


class Members(msgspec.Struct, frozen=True):
    """A page of members; `next` is the cursor of the page after it."""

    items: list[Member]
    next: str | None


Words = Annotated[str | None, Query("Words of the name")]


@post("/direct-chats", status=200, tags=TAGS, summary="Open a direct chat", operation_id="openDirectChat")
async def open_direct(database: Database, signed_in: SignedIn, data: DirectWith) -> Conversation:
    """The direct chat with somebody of the organisation: the one there is, or a new one. For employees."""
    return await opening.open_direct(database, signed_in, data.person_id)


@post("/groups", tags=TAGS, summary="Open a group or channel", operation_id="openGroup")
async def open_group(database: Database, signed_in: SignedIn, data: NewGroup) -> Conversation:
    """The caller owns it. A group is for who is invited; an open channel is found and joined by all employees."""
    return await groups.open_group(database, signed_in, data)


@get("/channels", tags=TAGS, summary="Find open channels", operation_id="findChannels")
async def find_channels(
    database: Database, signed_in: SignedIn, q: Words = None, cursor: str | None = None, limit: Limit = 30
) -> Channels:
    """Open channels by name, joined or not. For employees."""
    items, following = await groups.find_channels(database, signed_in, q, read_name_cursor(cursor), limit)
    return Channels(items, write_cursor(following))


@patch(
    "/conversations/{conversation_id}",
    tags=TAGS,
    summary="Change a group or channel",
    operation_id="changeGroup",
)
async def change_group(
    database: Database, signed_in: SignedIn, conversation_id: UUID, data: GroupChanges
) -> Conversation:
    """Its name, what it is for, and whether all employees find and join it; for owners and moderators."""
    return await groups.change_group(database, signed_in, conversation_id, data)


@get(
    "/conversations/{conversation_id}/members",
    tags=TAGS,
    summary="Who is in it",
    operation_id="listConversationMembers",
)
async def list_members(
    database: Database,
    signed_in: SignedIn,
    conversation_id: UUID,
    q: Words = None,
    cursor: str | None = None,
    limit: Limit = 30,
) -> Members:
    """The members of a group or channel by name."""
    items, following = await membership.members(
        database, signed_in, conversation_id, q, read_name_cursor(cursor), limit
    )
    return Members(items, write_cursor(following))


@post(
    "/conversations/{conversation_id}/members",
    status=200,
    tags=TAGS,
    summary="Invite people",
    operation_id="inviteToConversation",
    max_body=INVITATION_BYTES,
)
async def invite(database: Database, signed_in: SignedIn, conversation_id: UUID, data: Invited) -> Conversation:
    """Lets employees in, however many in one change; who is in it already stays what they are."""
    return await membership.invite(database, signed_in, conversation_id, data.people, data.role)


@put(
    "/conversations/{conversation_id}/members/me",
    tags=TAGS,
    summary="Join a channel",
    operation_id="joinConversation",
)
async def join(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """Joins an open channel, whose history one sees, with nothing unread."""
    return await membership.join(database, signed_in, conversation_id)


@delete(
    "/conversations/{conversation_id}/members/me",
    tags=TAGS,
    summary="Leave a group or channel",
    operation_id="leaveConversation",
)
async def leave(database: Database, signed_in: SignedIn, conversation_id: UUID) -> None:
    """The last owner cannot leave the others alone."""
    await membership.leave(database, signed_in, conversation_id)


@put(
    "/conversations/{conversation_id}/members/{person_id}",
    tags=TAGS,
    summary="Give a member a role",
    operation_id="setConversationRole",
)
async def set_role(
    database: Database, signed_in: SignedIn, conversation_id: UUID, person_id: UUID, data: NewRole
) -> Member:
    """Owners give any role, moderators those of members and readers and their own."""
    return await membership.set_role(database, signed_in, conversation_id, person_id, data.role)


@delete(
    "/conversations/{conversation_id}/members/{person_id}",
    tags=TAGS,
    summary="Remove a member",
    operation_id="removeFromConversation",
)
async def remove(database: Database, signed_in: SignedIn, conversation_id: UUID, person_id: UUID) -> None:
    """From then on they read, find and are told nothing more of it."""
    await membership.remove(database, signed_in, conversation_id, person_id)
