"""Emoji under messages over HTTP."""

from typing import Annotated
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.conversations.actions import reacting
from estafette.conversations.models.message_reactions import Reactors
from estafette.conversations.models.messages import Message
from estafette.http import Limit, Number, Query, delete, get, put

TAGS = ["Messages"]


@put(
    "/conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}",
    tags=TAGS,
    summary="React with an emoji",
    operation_id="addReaction",
)
async def add_reaction(
    database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID, emoji: str
) -> Message:
    """Exactly one emoji, at most 30 different ones under a message; not in storefronts. Doing it again is the same."""
    return await reacting.react(database, signed_in.person_id, conversation_id, message_id, emoji)


@delete(
    "/conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}",
    status=200,
    tags=TAGS,
    summary="Take a reaction back",
    operation_id="removeReaction",
)
async def remove_reaction(
    database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID, emoji: str
) -> Message:
    """One's own; what does not stand there changes nothing."""
    return await reacting.take_back(database, signed_in.person_id, conversation_id, message_id, emoji)


@get(
    "/conversations/{conversation_id}/messages/{message_id}/reactions",
    tags=TAGS,
    summary="Who reacted",
    operation_id="listReactions",
)
async def list_reactions(
    database: Database,
    signed_in: SignedIn,
    conversation_id: UUID,
    message_id: UUID,
    emoji: Annotated[str | None, Query("Of this emoji only")] = None,
    after: Annotated[Number, Query("The `next` of the page before")] = 0,
    limit: Limit = 30,
) -> Reactors:
    """Everybody who reacted to the message, the first first."""
    return await reacting.reactors(
        database, signed_in.person_id, conversation_id, message_id, emoji=emoji, after=after, limit=limit
    )
