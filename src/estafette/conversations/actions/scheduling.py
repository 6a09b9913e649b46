"""Messages for later: scheduled, changed, taken back or sent at once by their author, whom alone they concern."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import asyncpg
from msgspec import UNSET
from msgspec.structs import replace

from estafette import files, notifications
from estafette.base.database import Database, Queries, Transaction
from estafette.base.errors import Problem, invalid
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas
from estafette.conversations.actions.presenting import by_ids
from estafette.conversations.actions.sending_scheduled import FAILED, announce, send
from estafette.conversations.errors import (
    ConversationArchived,
    ConversationBusy,
    NotAllowedHere,
    NotAMember,
    OnlyReading,
    TooManyScheduled,
    UnknownConversation,
    UnknownScheduledMessage,
)
from estafette.conversations.models.messages import Message
from estafette.conversations.models.scheduled_messages import (
    NewScheduledMessage,
    ScheduledMessage,
    ScheduledMessageChanges,
    ScheduledMessages,
    ScheduledRow,
)
from estafette.conversations.rules import MODERATING, TWO_SIDED, check_ahead, check_message
from estafette.conversations.store import conversations, messages
from estafette.conversations.store import scheduled_messages as store

MOST: Final = 200
"""Of one person, those that were refused included."""


async def schedule(
    database: Database, quotas: Quotas, person_id: UUID, conversation_id: UUID, new: NewScheduledMessage
) -> ScheduledMessage:
    """Keeps a message until its time, with its files; rights are looked at now, and again when it is sent.

    Raises Invalid, UnknownConversation, NotAMember, OnlyReading, ConversationArchived, NotAllowedHere,
    TooManyScheduled, DiskFull.
    """
    check_message(new.text, new.attachments, mentions=new.mentions)
    quotas.check_disk()
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        check_ahead("send_at", new.send_at, now)
        await _require_writing(transaction, person_id, conversation_id, mentions_all=new.mentions_all)
        if new.reply_to is not None:
            await _require_there(transaction, conversation_id, new.reply_to)
        await store.take_turns(transaction, person_id)
        if await store.count(transaction, person_id) >= MOST:
            raise TooManyScheduled
        await files.claim(transaction, person_id, new.attachments)
        row = ScheduledRow(
            id=new_id(),
            person_id=person_id,
            conversation_id=conversation_id,
            text=new.text,
            attachments=list(new.attachments),
            mentions=list(new.mentions),
            mentions_all=new.mentions_all,
            reply_to=new.reply_to,
            created_at=now,
            send_at=new.send_at,
            attempts=0,
            failure=None,
        )
        await store.add(transaction, row)
        announce(transaction, [row])
        return (await _shown(transaction, [row]))[0]


async def scheduled_here(database: Database, person_id: UUID, conversation_id: UUID) -> ScheduledMessages:
    """What a person has scheduled in a conversation; raises UnknownConversation for who may not read it."""
    if await conversations.viewer_state(database, conversation_id, person_id) is None:
        raise UnknownConversation
    return await scheduled(database, person_id, conversation_id)


async def scheduled(database: Database, person_id: UUID, conversation_id: UUID | None = None) -> ScheduledMessages:
    """What a person has scheduled, in a conversation or in all; 200 at most."""
    rows = await store.own(database, person_id, conversation_id)
    places = sorted({row.conversation_id for row in rows})
    return ScheduledMessages(
        items=await _shown(database, rows), conversations=await by_ids(database, person_id, places)
    )


async def change(
    database: Database, person_id: UUID, scheduled_id: UUID, changes: ScheduledMessageChanges
) -> ScheduledMessage:
    """Other words, or another time; one that was refused is tried again when it has got another time.

    Raises UnknownScheduledMessage, Invalid, and, where it mentions everybody from now on, what `schedule` does.
    """
    async with database.transaction() as transaction:
        row = await _locked(transaction, person_id, scheduled_id)
        if changes.text is not UNSET:
            row = replace(row, text=changes.text)
        if changes.mentions is not UNSET:
            row = replace(row, mentions=list(changes.mentions))
        if changes.mentions_all is not UNSET:
            row = replace(row, mentions_all=changes.mentions_all)
        check_message(row.text, row.attachments, mentions=row.mentions)
        if changes.mentions_all is True:
            await _require_writing(transaction, person_id, row.conversation_id, mentions_all=True)
        if changes.send_at is not UNSET:
            check_ahead("send_at", changes.send_at, transaction.clock.now())
            row = replace(row, send_at=changes.send_at, failure=None)
            await notifications.mark_read(transaction, [FAILED], scheduled_id, person_id)
        await store.change(transaction, row)
        announce(transaction, [row])
        return (await _shown(transaction, [row]))[0]


async def cancel(database: Database, person_id: UUID, scheduled_id: UUID) -> None:
    """Takes a message back before it is sent; raises UnknownScheduledMessage once it was."""
    async with database.transaction() as transaction:
        row = await _locked(transaction, person_id, scheduled_id)
        await store.remove(transaction, [row.id])
        await files.release(transaction, row.attachments)
        await notifications.mark_read(transaction, [FAILED], scheduled_id, person_id)
        announce(transaction, [row])


async def send_now(database: Database, quotas: Quotas, person_id: UUID, scheduled_id: UUID) -> Message:
    """Sends a message before its time; raises UnknownScheduledMessage, and what sending does."""
    quotas.check_disk()
    try:
        async with database.transaction() as transaction:
            row = await _locked(transaction, person_id, scheduled_id)
            [outcome] = await send(transaction, [row], quotas)
            if isinstance(outcome, Problem):
                raise outcome
            await notifications.mark_read(transaction, [FAILED], scheduled_id, person_id)
            return outcome
    except asyncpg.LockNotAvailableError:
        raise ConversationBusy from None


async def _locked(transaction: Transaction, person_id: UUID, scheduled_id: UUID) -> ScheduledRow:
    row = await store.lock(transaction, person_id, scheduled_id)
    if row is None:
        raise UnknownScheduledMessage
    return row


async def _require_there(queries: Queries, conversation_id: UUID, message_id: UUID) -> None:
    quoted = (await messages.by_ids(queries, [message_id])).get(message_id)
    if quoted is None or quoted.conversation_id != conversation_id or quoted.deleted_at is not None:
        raise invalid("reply_to", "unknown_message")


async def _require_writing(queries: Queries, person_id: UUID, conversation_id: UUID, *, mentions_all: bool) -> None:
    state = await conversations.viewer_state(queries, conversation_id, person_id)
    if state is None:
        raise UnknownConversation
    if state["place_kind"] not in TWO_SIDED and state["role"] is None:
        raise NotAMember
    if state["archived"]:
        raise ConversationArchived
    if state["role"] == "reader":
        raise OnlyReading
    if mentions_all and state["role"] not in MODERATING:
        raise NotAllowedHere


async def _shown(queries: Queries, rows: Sequence[ScheduledRow]) -> list[ScheduledMessage]:
    known = await files.describe(queries, [file_id for row in rows for file_id in row.attachments])
    return [
        ScheduledMessage(
            id=row.id,
            conversation_id=row.conversation_id,
            text=row.text,
            attachments=[known[file_id] for file_id in row.attachments if file_id in known],
            mentions=row.mentions,
            mentions_all=row.mentions_all,
            reply_to=row.reply_to,
            created_at=row.created_at,
            send_at=row.send_at,
            failure=row.failure,
        )
        for row in rows
    ]
