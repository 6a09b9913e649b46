"""Threads: opened below a message, followed, listed; what is said in one is said as in any conversation."""

from typing import Final
from uuid import UUID

import msgspec

from estafette import accounts, notifications
from estafette.accounts import SignedIn
from estafette.base.changes import Change, append
from estafette.base.database import Database, Transaction, one
from estafette.base.ids import new_id
from estafette.conversations.actions.locking import lock
from estafette.conversations.actions.presenting import Cursor, by_ids
from estafette.conversations.actions.sending import Sender
from estafette.conversations.actions.viewing import conversation
from estafette.conversations.errors import (
    ConversationArchived,
    MessageDeleted,
    NotAMember,
    NoThreadsHere,
    OnlyReading,
    ThreadInThread,
    UnknownConversation,
    UnknownMessage,
)
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.models.messages import Draft, Message
from estafette.conversations.models.threads import ThreadLine, ThreadLines, ThreadSummary, UnreadThreads
from estafette.conversations.rules import check_message
from estafette.conversations.store import conversations, messages, thread_followers, threads

LINES_AT_ONCE: Final = 200


async def open_thread(database: Database, who: SignedIn, conversation_id: UUID, message_id: UUID) -> Conversation:
    """The thread below a message: the one there is, whoever opened it, or a new one that the author follows.

    Raises UnknownConversation, UnknownMessage, NoThreadsHere, ThreadInThread, MessageDeleted, and for who may not write
    there NotAMember, OnlyReading, ConversationArchived.
    """
    found = await _found(database, who, conversation_id, message_id)
    return await conversation(database, who.person_id, found)


async def reply(
    database: Database, sender: Sender, who: SignedIn, conversation_id: UUID, draft: Draft, message_id: UUID
) -> Message:
    """Says something in the thread below a message, which is opened if there is none; raises what both do.

    A thread that was opened and got no message, because the machine stopped in between, is used by the retry.
    """
    check_message(draft.text, draft.attachments, mentions=draft.mentions)
    found = await _found(database, who, conversation_id, message_id)
    return await sender.send(msgspec.structs.replace(draft, conversation_id=found))


async def _found(database: Database, who: SignedIn, conversation_id: UUID, message_id: UUID) -> UUID:
    if await conversations.viewer_state(database, conversation_id, who.person_id) is None:
        raise UnknownConversation
    found = await threads.find(database, conversation_id, message_id)
    if found is not None:
        return found
    async with database.transaction() as transaction:
        return await _open(transaction, who.person_id, conversation_id, message_id)


async def _open(transaction: Transaction, person_id: UUID, conversation_id: UUID, message_id: UUID) -> UUID:
    place = await lock(transaction, person_id, conversation_id)
    message = (await messages.by_ids(transaction, [message_id])).get(message_id)
    if message is None or message.conversation_id != conversation_id:
        raise UnknownMessage
    if place.kind == "thread":
        raise ThreadInThread
    if place.kind == "storefront":
        raise NoThreadsHere
    # Two open it at once: under the lock the second one finds that of the first.
    found = await threads.find(transaction, conversation_id, message_id)
    if found is not None:
        return found
    if message.deleted_at is not None:
        raise MessageDeleted
    if place.archived:
        raise ConversationArchived
    if place.kind != "direct" and place.role is None:
        raise NotAMember
    if place.role == "reader":
        raise OnlyReading
    thread_id = new_id()
    now = transaction.clock.now()
    await threads.insert(
        transaction,
        thread_id,
        conversation_id,
        root_id=message_id,
        root_ordinal=message.ordinal,
        author_id=message.sender.id if message.sender else None,
        at=now,
    )
    await append(transaction, [Change(thread_id, 1, "opened", thread_id, now)])
    return thread_id


async def follow(database: Database, who: SignedIn, conversation_id: UUID) -> Conversation:
    """Is told of what is said in a thread from now on; raises UnknownConversation for what is none."""
    async with database.transaction() as transaction:
        await _require_thread(transaction, who, conversation_id)
        await thread_followers.follow(transaction, conversation_id, who.person_id, transaction.clock.now())
    return await conversation(database, who.person_id, conversation_id)


async def unfollow(database: Database, who: SignedIn, conversation_id: UUID) -> Conversation:
    """Is told no more; replying, or being mentioned, lets one follow again."""
    async with database.transaction() as transaction:
        await _require_thread(transaction, who, conversation_id)
        await thread_followers.unfollow(transaction, conversation_id, who.person_id)
        await notifications.mark_read(transaction, ["message"], conversation_id, who.person_id)
    return await conversation(database, who.person_id, conversation_id)


async def _require_thread(transaction: Transaction, who: SignedIn, conversation_id: UUID) -> None:
    state = await conversations.viewer_state(transaction, conversation_id, who.person_id)
    if state is None or state["kind"] != "thread":
        raise UnknownConversation


async def list_threads(
    database: Database, who: SignedIn, *, unread: bool | None, before: Cursor | None, limit: int
) -> tuple[list[Conversation], Cursor | None]:
    """The threads that a person follows, newest activity first, and where the next page begins; for employees."""
    accounts.require_employee(who)
    found = await thread_followers.list_followed(database, who.person_id, unread=unread, before=before, limit=limit + 1)
    shown = found[:limit]
    items = await by_ids(database, who.person_id, [row["conversation"] for row in shown])
    last = shown[-1] if len(found) > limit else None
    return items, (last["active_at"], last["conversation"]) if last is not None else None


async def count_unread(database: Database, who: SignedIn) -> UnreadThreads:
    """What is unread in threads that a person follows; for employees."""
    accounts.require_employee(who)
    row = one(await thread_followers.count_unread(database, who.person_id))
    return UnreadThreads(row["threads"], row["messages"], row["mentioned"])


async def lines(database: Database, who: SignedIn, conversation_id: UUID, after: int) -> ThreadLines:
    """What stands below the messages after an ordinal, 200 at a time; raises UnknownConversation."""
    if await conversations.viewer_state(database, conversation_id, who.person_id) is None:
        raise UnknownConversation
    rows = await threads.lines(database, conversation_id, after, LINES_AT_ONCE + 1)
    items = [
        ThreadLine(
            message_id=row["root_id"],
            ordinal=row["root_ordinal"],
            thread=msgspec.convert(row["summary"], ThreadSummary),
        )
        for row in rows[:LINES_AT_ONCE]
    ]
    return ThreadLines(items, items[-1].ordinal if len(rows) > LINES_AT_ONCE else None)
