"""Reminders of messages: one's own, fired once by a worker, whatever became of the worker before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

import structlog

from estafette import notifications
from estafette.base.database import Database, Transaction
from estafette.base.work_loop import run_claimed
from estafette.conversations.actions.presenting import by_ids
from estafette.conversations.errors import MessageDeleted, TooManyReminders, UnknownConversation, UnknownMessage
from estafette.conversations.models.reminders import Reminder, Reminders
from estafette.conversations.rules import check_ahead
from estafette.conversations.store import conversations, messages
from estafette.conversations.store import reminders as store
from estafette.realtime import frame_to

MOST: Final = 500
AT_ONCE: Final = 200
RETRY: Final = timedelta(seconds=10)

_log = structlog.get_logger(__name__)


async def remind(
    database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID, at: datetime
) -> Reminder:
    """Lets a person be reminded of a message at a time, in place of another time that they chose before.

    Raises Invalid, UnknownConversation, UnknownMessage, MessageDeleted, TooManyReminders.
    """
    async with database.transaction() as transaction:
        check_ahead("at", at, transaction.clock.now())
        if await conversations.viewer_state(transaction, conversation_id, person_id) is None:
            raise UnknownConversation
        message = (await messages.by_ids(transaction, [message_id])).get(message_id)
        if message is None or message.conversation_id != conversation_id:
            raise UnknownMessage
        if message.deleted_at is not None:
            raise MessageDeleted
        await store.take_turns(transaction, person_id)
        if await store.count_others(transaction, person_id, message_id) >= MOST:
            raise TooManyReminders
        await store.put(transaction, person_id, message_id, conversation_id, at)
        _announce(transaction, [person_id])
        return Reminder(message, at)


async def forget_reminder(database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID) -> None:
    """Takes a reminder away; where there is none nothing happens. Raises UnknownConversation."""
    async with database.transaction() as transaction:
        removed = await store.remove(transaction, person_id, message_id)
        if removed:
            _announce(transaction, [person_id])
        elif await conversations.viewer_state(transaction, conversation_id, person_id) is None:
            raise UnknownConversation


async def reminders(database: Database, person_id: UUID) -> Reminders:
    """What a person is still to be reminded of, the next first; what was deleted or may not be read is left out."""
    rows = await store.own(database, person_id)
    places = await by_ids(database, person_id, sorted({row["conversation_id"] for row in rows}))
    readable = {each.id for each in places}
    said = await messages.by_ids(database, [row["message_id"] for row in rows if row["conversation_id"] in readable])
    items = [
        Reminder(message, row["at"])
        for row in rows
        if (message := said.get(row["message_id"])) is not None and message.deleted_at is None
    ]
    shown = {each.message.conversation_id for each in items}
    return Reminders(items, [each for each in places if each.id in shown])


async def remind_some_due(database: Database) -> int:
    """Notifies people of some of what is due; returns how many reminders there were."""
    return await run_claimed(database, _claim, _run, partial(_put_off, database), AT_ONCE)


async def _claim(transaction: Transaction, limit: int) -> list[Any]:
    return await store.claim(transaction, transaction.clock.now(), limit)


async def _run(transaction: Transaction, claimed: Sequence[Any]) -> None:
    now = transaction.clock.now()
    told = [
        notifications.Notice(party_id=row["person_id"], topic_id=row["message_id"], at=now)
        for row in claimed
        if row["there"]
    ]
    await notifications.notify(transaction, "reminder", told)
    _announce(transaction, [row["person_id"] for row in claimed])


async def _put_off(database: Database, claimed: Sequence[Any], error: Exception) -> None:
    row = claimed[0]
    _log.error("not reminded", message=str(row["message_id"]), exc_info=error)
    await store.put_off(database, row["person_id"], row["message_id"], database.clock.now() + RETRY)


def _announce(transaction: Transaction, people: Sequence[UUID]) -> None:
    """Tells the own devices of people that their reminders are others now."""
    transaction.announce(*frame_to(people, {"type": "reminders"}))
