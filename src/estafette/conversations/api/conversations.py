"""Conversations over HTTP."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta

from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database
from estafette.conversations.actions import archiving, finding, opening, reading, unread_marks, viewing
from estafette.conversations.actions.sending import Sender
from estafette.conversations.api.inputs import After, ChangeLimit, FirstMessage, ReadUpTo
from estafette.conversations.models.changes import Changes
from estafette.conversations.models.conversations import (
    Conversation,
    ConversationKind,
    CustomerDetails,
    Opened,
    Page,
    ReadState,
    Unread,
    UnreadChats,
)
from estafette.http import Key, Limit, Query, delete, get, post, put

TAGS = ["Conversations"]
SIDES: Final = '"customer", the id of a partner, or "colleagues" for direct chats, groups and channels'


class Counts(msgspec.Struct, frozen=True):
    """What is unread on each side of storefronts, and, for employees, among colleagues."""

    sides: list[Unread]
    chats: UnreadChats | None


@get("/conversations", tags=TAGS, summary="List conversations", operation_id="listConversations")
async def list_conversations(
    database: Database,
    signed_in: SignedIn,
    side: Annotated[Annotated[str, Meta(max_length=64)] | None, Query(SIDES)] = None,
    kind: Annotated[ConversationKind | None, Query("Of this kind only")] = None,
    archived: bool = False,
    unread: bool | None = None,
    favourite: bool | None = None,
    q: str | None = None,
    cursor: str | None = None,
    limit: Limit = 30,
) -> Page:
    """Newest message first. `q` looks into the names of the other side and into what was said, archived or not."""
    items, following = await finding.list_conversations(
        database,
        signed_in,
        side=side,
        kinds=[kind] if kind else [],
        archived=archived,
        unread=unread,
        favourite=favourite,
        q=q,
        before=read_cursor(cursor),
        limit=limit,
    )
    return Page(items, write_cursor(following))


@get("/conversations/counts", tags=TAGS, summary="Count what is unread", operation_id="countUnread")
async def count_unread(database: Database, signed_in: SignedIn) -> Counts:
    """Unread conversations and messages of each side, in its newest 1,000, and of an employee's chats."""
    return Counts(
        await viewing.unread_counts(database, signed_in.person_id), await viewing.unread_chats(database, signed_in)
    )


@post(
    "/conversations",
    tags=TAGS,
    summary="Write to a partner",
    operation_id="writeToPartner",
    own_idempotency=True,
)
async def write_to_partner(
    database: Database, sender: Sender, signed_in: SignedIn, data: FirstMessage, key: Key = None
) -> Opened:
    """Opens the conversation with the partner, or continues the one there is."""
    return await opening.write_to_partner(
        database, sender, signed_in, data.partner_id, data.text, data.attachments, key, data.reply_to
    )


@get(
    "/conversations/with/{partner_id}",
    tags=TAGS,
    summary="The conversation with a partner",
    operation_id="getConversationWithPartner",
)
async def conversation_with_partner(database: Database, signed_in: SignedIn, partner_id: UUID) -> Conversation:
    """The caller's own conversation, as a customer, with a partner."""
    return await viewing.conversation_with(database, signed_in.person_id, partner_id)


@get(
    "/conversations/{conversation_id}",
    tags=TAGS,
    summary="One conversation",
    operation_id="getConversation",
)
async def get_conversation(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """A conversation as the caller sees it."""
    return await viewing.conversation(database, signed_in.person_id, conversation_id)


@get(
    "/conversations/{conversation_id}/customer",
    tags=TAGS,
    summary="What helps to answer a customer",
    operation_id="getCustomer",
)
async def get_customer(database: Database, signed_in: SignedIn, conversation_id: UUID) -> CustomerDetails:
    """Language and time zone of the customer of a storefront conversation, for those who take part in it."""
    return await viewing.customer_of(database, signed_in.person_id, conversation_id)


@get(
    "/conversations/{conversation_id}/changes",
    tags=TAGS,
    summary="What changed after a number",
    operation_id="listChanges",
)
async def get_changes(
    database: Database, signed_in: SignedIn, conversation_id: UUID, after: After, limit: ChangeLimit = 200
) -> Changes:
    """Everything after the number that the caller holds, edits and deletions included."""
    return await viewing.changes_after(database, signed_in.person_id, conversation_id, after, limit)


@put(
    "/conversations/{conversation_id}/read",
    tags=TAGS,
    summary="Say how far one has read",
    operation_id="markRead",
)
async def mark_read(database: Database, signed_in: SignedIn, conversation_id: UUID, data: ReadUpTo) -> ReadState:
    """Moves the caller's read position forward, or back for the caller alone: what others see of it never does."""
    if data.back:
        return await reading.move_back(database, signed_in.card, conversation_id, data.ordinal)
    return await reading.mark_read(database, signed_in.card, conversation_id, data.ordinal)


@put(
    "/conversations/{conversation_id}/unread-mark",
    tags=TAGS,
    summary="Mark a conversation unread",
    operation_id="markUnread",
)
async def mark_unread(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """For the caller alone, until they read on in it; how far they have read, and what others see of it, stays."""
    return await unread_marks.mark_unread(database, signed_in.person_id, conversation_id)


@delete(
    "/conversations/{conversation_id}/unread-mark",
    status=200,
    tags=TAGS,
    summary="Mark a conversation read again",
    operation_id="unmarkUnread",
)
async def unmark_unread(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """Takes away the mark; what is really unread stays so."""
    return await unread_marks.unmark_unread(database, signed_in.person_id, conversation_id)


@put(
    "/conversations/{conversation_id}/archive",
    tags=TAGS,
    summary="Archive a conversation",
    operation_id="archiveConversation",
)
async def archive(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """Puts it away for the caller's side, until the next message; a group or channel for everybody."""
    return await archiving.archive(database, signed_in.person_id, conversation_id)


@delete(
    "/conversations/{conversation_id}/archive",
    status=200,
    tags=TAGS,
    summary="Restore a conversation",
    operation_id="restoreConversation",
)
async def restore(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """Takes it out of the archive."""
    return await archiving.restore(database, signed_in.person_id, conversation_id)
