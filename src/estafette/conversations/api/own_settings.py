"""What people settle for themselves about their chats, over HTTP."""

from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.conversations.actions import own_settings
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.models.groups import Level
from estafette.http import delete, put

TAGS = ["Groups and channels"]


class NewLevel(msgspec.Struct, forbid_unknown_fields=True):
    """Of which messages one wants to be notified."""

    level: Level


@put(
    "/conversations/{conversation_id}/favourite",
    tags=TAGS,
    summary="Make a chat a favourite",
    operation_id="addFavourite",
)
async def add_favourite(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """A direct chat, group or channel that the caller wants to have at hand; nobody else learns of it."""
    return await own_settings.set_favourite(database, signed_in.person_id, conversation_id, favourite=True)


@delete(
    "/conversations/{conversation_id}/favourite",
    status=200,
    tags=TAGS,
    summary="Make a chat a favourite no longer",
    operation_id="removeFavourite",
)
async def remove_favourite(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """It stands among the others again."""
    return await own_settings.set_favourite(database, signed_in.person_id, conversation_id, favourite=False)


@put(
    "/conversations/{conversation_id}/put-away",
    tags=TAGS,
    summary="Put a chat away for oneself",
    operation_id="putAway",
)
async def put_away(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """The next message brings it back; one whose level is nothing stays away until it is taken back."""
    return await own_settings.set_put_away(database, signed_in.person_id, conversation_id, away=True)


@delete(
    "/conversations/{conversation_id}/put-away",
    status=200,
    tags=TAGS,
    summary="Take a chat back",
    operation_id="takeBack",
)
async def take_back(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """It stands in the caller's list again."""
    return await own_settings.set_put_away(database, signed_in.person_id, conversation_id, away=False)


@put(
    "/conversations/{conversation_id}/level",
    tags=TAGS,
    summary="Choose what to be notified of",
    operation_id="setConversationLevel",
)
async def set_level(database: Database, signed_in: SignedIn, conversation_id: UUID, data: NewLevel) -> Conversation:
    """All messages, those that mention the caller, or nothing; a channel begins with mentions.

    In a direct chat it is all or nothing.
    """
    return await own_settings.set_level(database, signed_in.person_id, conversation_id, data.level)
