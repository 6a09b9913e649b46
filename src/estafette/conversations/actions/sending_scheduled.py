"""Sending what was scheduled, each exactly once: its message is stored in the transaction that takes it off."""

from collections.abc import Container, Sequence
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

import structlog

from estafette import files, notifications
from estafette.base.back_off import back_off
from estafette.base.database import Database, Transaction
from estafette.base.disk import DiskFull
from estafette.base.errors import Problem
from estafette.base.quotas import Quotas
from estafette.base.work_loop import run_claimed
from estafette.conversations.actions.appending import Outcome, append
from estafette.conversations.models.messages import Draft
from estafette.conversations.models.scheduled_messages import ScheduledRow
from estafette.conversations.store import messages
from estafette.conversations.store import scheduled_messages as store
from estafette.realtime import frame_to

FAILED: Final = "scheduled_message_failed"
AT_ONCE: Final = 20
"""Whoever writes in one of their conversations waits for no longer than so many take."""
FIRST_RETRY, LONGEST_RETRY = 5.0, 300.0
"""Seconds after which is tried again what the server itself could not do."""

_log = structlog.get_logger(__name__)


async def send_some_due(database: Database, quotas: Quotas) -> int:
    """Sends some of what is due, also what a worker that was killed or late has left; returns how many there were."""
    try:
        quotas.check_disk()
    except DiskFull:
        return 0
    return await run_claimed(database, _claim, partial(_run, quotas), partial(_put_off, database), AT_ONCE)


async def send(transaction: Transaction, rows: Sequence[ScheduledRow], quotas: Quotas) -> list[Outcome]:
    """Stores the messages of locked rows as if they were sent now, and takes those off that were stored.

    The rights of their authors are those of this moment; a problem concerns one alone. What one was to reply to and
    is gone by now is left out.
    """
    known = await files.describe(transaction, [file_id for row in rows for file_id in row.attachments])
    claimed = {
        row.id: [known[file_id] for file_id in row.attachments if file_id in known] for row in rows if row.attachments
    }
    quoted = await messages.by_ids(transaction, [row.reply_to for row in rows if row.reply_to is not None])
    there = {each.id for each in quoted.values() if each.deleted_at is None}
    drafts = [_draft(row, claimed.get(row.id, []), there) for row in rows]
    outcomes = await append(transaction, drafts, quotas, claimed)
    sent = [row for row, outcome in zip(rows, outcomes, strict=True) if not isinstance(outcome, Problem)]
    if sent:
        await store.remove(transaction, [row.id for row in sent])
    announce(transaction, rows)
    return outcomes


def announce(transaction: Transaction, rows: Sequence[ScheduledRow]) -> None:
    """Tells the authors' own devices that what they have scheduled is something else now."""
    for person_id, conversation_id in sorted({(row.person_id, row.conversation_id) for row in rows}):
        frame = {"type": "scheduled_messages", "conversation": conversation_id}
        transaction.announce(*frame_to((person_id,), frame))


async def _claim(transaction: Transaction, limit: int) -> list[ScheduledRow]:
    return await store.claim(transaction, transaction.clock.now(), limit)


async def _run(quotas: Quotas, transaction: Transaction, claimed: Sequence[ScheduledRow]) -> None:
    outcomes = await send(transaction, claimed, quotas)
    refused = [(row, outcome) for row, outcome in zip(claimed, outcomes, strict=True) if isinstance(outcome, Problem)]
    for row, problem in refused:
        await store.refuse(transaction, row.id, problem.code)
    now = transaction.clock.now()
    told = [notifications.Notice(party_id=row.person_id, topic_id=row.id, at=now) for row, _ in refused]
    await notifications.notify(transaction, FAILED, told)


async def _put_off(database: Database, claimed: Sequence[ScheduledRow], error: Exception) -> None:
    row = claimed[0]
    _log.error("scheduled message not sent", scheduled_message=str(row.id), exc_info=error)
    seconds = back_off(row.attempts + 1, FIRST_RETRY, LONGEST_RETRY)
    await store.put_off(database, [row.id], database.clock.now() + timedelta(seconds=seconds))


def _draft(row: ScheduledRow, attached: Sequence[files.File], there: Container[UUID]) -> Draft:
    return Draft(
        id=row.id,
        conversation_id=row.conversation_id,
        person_id=row.person_id,
        text=row.text,
        attachments=tuple(each.id for each in attached),
        key=f"scheduled:{row.id}",
        mentions=tuple(row.mentions),
        mentions_all=row.mentions_all,
        reply_to=row.reply_to if row.reply_to is not None and row.reply_to in there else None,
    )
