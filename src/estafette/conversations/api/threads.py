"""Threads over HTTP: what is said in one goes over the endpoints of messages, with its id as that of a conversation."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.conversations.actions import threads
from estafette.conversations.actions.sending import Sender
from estafette.conversations.api.inputs import AfterOrdinal, NewMessage
from estafette.conversations.models.conversations import Conversation, Page
from estafette.conversations.models.messages import Draft, Message
from estafette.conversations.models.threads import ThreadLines, UnreadThreads
from estafette.http import Key, Limit, delete, get, post, put

TAGS = ["Threads"]


@put(
    "/conversations/{conversation_id}/messages/{message_id}/thread",
    tags=TAGS,
    summary="Open the thread below a message",
    operation_id="openThread",
)
async def open_thread(database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID) -> Conversation:
    """The one there is, or a new one, in a direct chat, group or channel. The author of the message follows it."""
    return await threads.open_thread(database, signed_in, conversation_id, message_id)


@post(
    "/conversations/{conversation_id}/messages/{message_id}/thread",
    tags=TAGS,
    summary="Reply in the thread below a message",
    operation_id="replyInThread",
    own_idempotency=True,
)
async def reply(
    database: Database,
    sender: Sender,
    signed_in: SignedIn,
    conversation_id: UUID,
    message_id: UUID,
    data: NewMessage,
    key: Key = None,
) -> Message:
    """Opens the thread if there is none yet. Who replies follows it."""
    draft = Draft(
        id=new_id(),
        conversation_id=conversation_id,
        person_id=signed_in.person_id,
        text=data.text,
        attachments=data.attachments,
        key=key,
        mentions=data.mentions,
        mentions_all=data.mentions_all,
    )
    return await threads.reply(database, sender, signed_in, conversation_id, draft, message_id)


@get(
    "/conversations/{conversation_id}/threads",
    tags=TAGS,
    summary="What stands below messages",
    operation_id="listThreadLines",
)
async def list_lines(
    database: Database, signed_in: SignedIn, conversation_id: UUID, after: AfterOrdinal = 0
) -> ThreadLines:
    """The threads of messages after an ordinal, 200 at a time; for who was away, since they are not in the changes."""
    return await threads.lines(database, signed_in, conversation_id, after)


@put("/conversations/{conversation_id}/follow", tags=TAGS, summary="Follow a thread", operation_id="followThread")
async def follow(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """To be notified of what is said in it."""
    return await threads.follow(database, signed_in, conversation_id)


@delete(
    "/conversations/{conversation_id}/follow",
    status=200,
    tags=TAGS,
    summary="Follow a thread no more",
    operation_id="unfollowThread",
)
async def unfollow(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Conversation:
    """Until the caller replies in it, or is mentioned."""
    return await threads.unfollow(database, signed_in, conversation_id)


@get("/threads", tags=TAGS, summary="Followed threads", operation_id="listThreads")
async def list_threads(
    database: Database,
    signed_in: SignedIn,
    unread: bool | None = None,
    cursor: str | None = None,
    limit: Limit = 30,
) -> Page:
    """Those that the caller follows, newest activity first. For employees."""
    items, following = await threads.list_threads(
        database, signed_in, unread=unread, before=read_cursor(cursor), limit=limit
    )
    return Page(items, write_cursor(following))


@get("/threads/counts", tags=TAGS, summary="Count what is unread in threads", operation_id="countUnreadThreads")
async def count_unread(database: Database, signed_in: SignedIn) -> UnreadThreads:
    """In the 1,000 followed ones in which the caller took part last; muted ones left out. For employees."""
    return await threads.count_unread(database, signed_in)
