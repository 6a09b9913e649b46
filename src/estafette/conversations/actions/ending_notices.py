"""Ends notices of what was deleted, where nothing is left to tell; their ladders tell nobody of it any more."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from estafette import notifications
from estafette.base.database import Transaction
from estafette.conversations.rules import TWO_SIDED
from estafette.conversations.store import news, notices

RANGE: Final = 1_000
"""Members of a group or channel who are looked at in one transaction."""
_BEFORE_ALL: Final = UUID(int=0)


async def end_notices(transaction: Transaction, message_ids: Sequence[UUID]) -> None:
    """Ends the notices of the few of a storefront or direct chat; those of groups and channels are ended later."""
    deleted = await notices.deleted(transaction, message_ids)
    places = sorted({row["conversation_id"] for row in deleted if row["kind"] in TWO_SIDED})
    if places:
        # What is said meanwhile is either told anew or seen here.
        await notifications.lock_topics(transaction, places, alone=True)
        await _end(transaction, await notifications.unread_of(transaction, "message", places))
    for row in deleted:
        if row["kind"] not in TWO_SIDED:
            await notices.continue_later(transaction, row["id"], _BEFORE_ALL)


async def end_some_notices(transaction: Transaction, message_id: UUID, conversation_id: UUID, after: UUID) -> None:
    """Ends the notices of the next members after one of a group or channel."""
    unread = await notifications.unread_of(transaction, "message", [conversation_id], after, RANGE)
    people = [person for person, *_ in unread]
    # Whoever tells them something waits, as do they themselves when they read.
    await notices.lock_members(transaction, conversation_id, people)
    await _end(transaction, unread)
    if len(people) == RANGE:
        await notices.continue_later(transaction, message_id, people[-1])


async def _end(transaction: Transaction, unread: Sequence[tuple[UUID, UUID, UUID, int]]) -> None:
    if unread:
        silent = await news.silent(transaction, unread)
        await notifications.mark_read_by_people(transaction, "message", sorted(silent))
