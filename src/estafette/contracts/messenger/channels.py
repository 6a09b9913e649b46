"""Chats under `/v1/user/{userId}/channel`."""

from typing import Annotated, Final
from uuid import UUID

import msgspec

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.contracts.messenger.errors import BadMessengerRequest, error_body
from estafette.contracts.messenger.models import (
    MessengerChannel,
    MessengerChannelChanges,
    MessengerMessage,
    NewMessengerChannel,
    wire_channel,
    wire_message,
)
from estafette.contracts.messenger.reading import read, read_contacts, read_id, require_own, told_here
from estafette.http import Query, get, post, put

TAGS: Final = ["Contract D4"]
CHANNELS: Final = 1_000
CONTACTS: Final = 50_000
"""In one answer, which they make 2 MB long. No chat is shown with a part of them, since a client hands them back."""
NEWEST: Final = 500

Limit = Annotated[str, Query("1 to 500, the newest")]
BeforeChannel = Annotated[str | None, Query("The chat that these come after, where it stands now")]
Before = Annotated[str | None, Query("The message that these came before")]


@get(
    "/v1/user/{user_id}/channels",
    errors=error_body,
    tags=TAGS,
    summary="Your chats",
    operation_id="d4ListChannels",
)
async def list_channels(
    database: Database, signed_in: SignedIn, user_id: str, before: BeforeChannel = None
) -> list[MessengerChannel]:
    """The direct chats, groups and channels that the caller is in, newest message first.

    At most 1,000, and as many as have 50,000 contacts together; those after them are asked for by the id of the last
    one (`before`), until there is none. Each part is of its own moment. A chat that got a message in between stands
    at the top: after it, those come again that were listed before; and if it had not been listed yet, it is only when
    the list is begun anew. After a chat that the caller has left, the answer is 404.
    """
    require_own(signed_in, user_id)
    last = None if before is None else read_id(before)
    with told_here():
        found = await conversations.list_rosters(database, signed_in, CHANNELS, people=CONTACTS, before=last)
    return [wire_channel(each) for each in found]


@post(
    "/v1/user/{user_id}/channel",
    status=200,
    errors=error_body,
    tags=TAGS,
    summary="Open a chat",
    operation_id="d4OpenChannel",
)
async def open_channel(database: Database, signed_in: SignedIn, user_id: str, body: bytes) -> MessengerChannel:
    """Takes `{nameof, user, contacts, status}`: a group of the caller, who is its `user`, and the `contacts`."""
    require_own(signed_in, user_id)
    wanted = read(body, NewMessengerChannel)
    if not _is(wanted.user, signed_in.person_id):
        raise BadMessengerRequest(reason="user: must be the caller")
    contacts = [each for each in read_contacts(wanted.contacts) if each != signed_in.person_id]
    with told_here():
        async with database.together():
            new = conversations.NewGroup(kind="group", name=wanted.nameof)
            place = (await conversations.open_group(database, signed_in, new)).id
            if contacts:
                await conversations.invite(database, signed_in, place, contacts, "member")
            if wanted.status == "archived":
                await conversations.archive(database, signed_in.person_id, place)
            return wire_channel(await conversations.roster(database, signed_in, place))


@put(
    "/v1/user/{user_id}/channel/{channel_id}",
    errors=error_body,
    tags=TAGS,
    summary="Change a chat",
    operation_id="d4ChangeChannel",
)
async def change_channel(
    database: Database, signed_in: SignedIn, user_id: str, channel_id: str, body: bytes
) -> MessengerChannel:
    """Takes `{nameof, contacts, status}`, all or nothing; what is left out stays.

    `contacts` takes the place of the members beside the owner and the caller. It cannot be given for a chat of more
    than 1,000 others.
    """
    require_own(signed_in, user_id)
    place = read_id(channel_id)
    wanted = read(body, MessengerChannelChanges)
    contacts = None if wanted.contacts is msgspec.UNSET else read_contacts(wanted.contacts)
    with told_here():
        async with database.together():
            # For who may not see it there is nothing to be wrong about; and who hands back what they were shown changes
            # nothing, whatever they may do.
            old = await conversations.roster(database, signed_in, place)
            if wanted.status == "active" and old.archived:
                await conversations.restore(database, signed_in.person_id, place)
            if wanted.nameof not in (msgspec.UNSET, old.name):
                changes = conversations.GroupChanges(name=wanted.nameof)
                await conversations.change_group(database, signed_in, place, changes)
            if contacts is not None and set(contacts) != set(old.others):
                await conversations.replace_members(database, signed_in, place, contacts)
            if wanted.status == "archived" and not old.archived:
                await conversations.archive(database, signed_in.person_id, place)
            return wire_channel(await conversations.roster(database, signed_in, place))


@get(
    "/v1/user/{user_id}/channel/{channel_id}",
    errors=error_body,
    tags=TAGS,
    summary="Messages of a chat",
    operation_id="d4ListMessages",
)
async def list_messages(
    database: Database,
    signed_in: SignedIn,
    user_id: str,
    channel_id: str,
    before: Before = None,
    limit: Limit = str(NEWEST),
) -> list[MessengerMessage]:
    """Oldest to newest, the newest 500 (`before` a message id, `limit`); what was deleted has no content."""
    require_own(signed_in, user_id)
    if not (limit.isdecimal() and limit.isascii() and len(limit) <= 3 and 1 <= int(limit) <= NEWEST):
        raise BadMessengerRequest(reason=f"limit: between 1 and {NEWEST}")
    place = read_id(channel_id)
    with told_here():
        end = None if before is None else await conversations.ordinal_of(database, place, read_id(before))
        run = await conversations.history(database, signed_in.person_id, place, before=end, limit=int(limit))
    return [wire_message(each) for each in run.items]


def _is(text: str, id_: UUID) -> bool:
    try:
        return UUID(text) == id_
    except ValueError:
        return False
