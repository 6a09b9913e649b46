"""Who is notified of what was said in groups and channels: those whose level asks for it, a thousand at a time."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

import structlog

from estafette import notifications
from estafette.base.database import Database, Transaction
from estafette.base.work_loop import run_claimed
from estafette.conversations.actions.ending_notices import end_some_notices
from estafette.conversations.store import notices

RANGE: Final = 1_000
"""Members who are told in one transaction: whoever reads meanwhile waits for no longer than that takes."""
MESSAGES_AT_ONCE: Final = 10

_log = structlog.get_logger(__name__)


async def notify_members(transaction: Transaction, said: Sequence[Any]) -> None:
    """Notifies members of messages of groups and channels, given in the order of their conversations and ordinals.

    What is said at the same time in a conversation is one notice; members beyond the first range are told later.
    """
    for conversation_id, rows in groupby(said, key=lambda row: row["conversation_id"]):
        messages = list(rows)
        authors = {row["sender_id"] for row in messages}
        to_all = [row for row in messages if row["mentions_all"]]
        await _notify_range(
            transaction,
            # If it is to be gone on with, then with what it says itself.
            (to_all or messages)[-1]["id"],
            conversation_id,
            first=messages[0],
            last=messages[-1],
            author_id=messages[0]["sender_id"] if len(authors) == 1 else None,
            mentioned=sorted({person for row in messages for person in row["mentions"] or ()}),
            everybody=bool(to_all),
        )


async def notify_some_later(database: Database) -> int:
    """Tells the next members of messages to many, or what was deleted no more; returns how many messages there were."""
    return await run_claimed(
        database,
        notices.claim_later,
        _notify_later,
        lambda claimed, error: _put_off(database, claimed, error),
        MESSAGES_AT_ONCE,
    )


async def _notify_later(transaction: Transaction, claimed: Sequence[Any]) -> None:
    for row in claimed:
        if row["deleted"]:
            await end_some_notices(transaction, row["message_id"], row["conversation_id"], row["after_id"])
            continue
        await _notify_range(
            transaction,
            row["message_id"],
            row["conversation_id"],
            first=row,
            last=row,
            author_id=row["sender_id"],
            mentioned=row["mentions"] or [],
            everybody=row["mentions_all"],
            after=row["after_id"],
        )


async def _put_off(database: Database, claimed: Sequence[Any], error: Exception) -> None:
    _log.error("members not notified", message=str(claimed[0]["message_id"]), exc_info=error)
    await notices.put_off(database, [row["message_id"] for row in claimed])


async def _notify_range(
    transaction: Transaction,
    message_id: UUID,
    conversation_id: UUID,
    *,
    first: Any,
    last: Any,
    author_id: UUID | None,
    mentioned: Sequence[UUID],
    everybody: bool,
    after: UUID | None = None,
) -> None:
    if everybody:
        people = await notices.lock_all_members(transaction, conversation_id, last["ordinal"], author_id, after, RANGE)
    else:
        people = await notices.lock_told_members(
            transaction, conversation_id, last["ordinal"], author_id, mentioned, after, RANGE
        )
    if len(people) == RANGE:
        await notices.continue_later(transaction, message_id, people[-1])
    told = [
        notifications.Notice(party_id=each, topic_id=conversation_id, at=first["at"], number=first["ordinal"])
        for each in people
    ]
    await notifications.notify(transaction, "message", told)
