"""What conversations do after their own changes: confirm, notify, index, and hint again when a hint was lost."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette import accounts, notifications
from estafette.base.changes import Change, Hint
from estafette.base.database import Transaction
from estafette.base.ids import new_id
from estafette.conversations.actions.appending import append
from estafette.conversations.actions.documents import index_messages, name_files
from estafette.conversations.actions.ending_notices import end_notices
from estafette.conversations.actions.handing_over import hand_over
from estafette.conversations.actions.locking import line_hint
from estafette.conversations.actions.notifying import notify_members
from estafette.conversations.models.messages import Draft
from estafette.conversations.rules import TWO_SIDED, confirmation_is_due, live_topics
from estafette.conversations.store import conversations, notices, reads, sends, unindexed_files


async def confirm(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Gives the partner's automatic confirmation where a customer's message is due one."""
    # Most messages are due none: only conversations that seem to be are locked, and then asked again.
    due = await _unconfirmed(transaction, changes)
    if not due:
        return
    await sends.lock(transaction, sorted(due))
    due = await _unconfirmed(transaction, [change for change in changes if change.stream in due])
    confirmations: list[Draft] = []
    for place, side in due.items():
        texts = (await accounts.confirmation(transaction, side["partner_id"])).texts
        text = texts.get(await accounts.person_language(transaction, side["customer_id"]))
        if text:
            confirmations.append(
                Draft(
                    id=new_id(),
                    conversation_id=place,
                    person_id=None,
                    party_id=side["partner_id"],
                    kind="confirmation",
                    text=text,
                )
            )
    if confirmations:
        await append(transaction, confirmations)


async def _unconfirmed(transaction: Transaction, changes: Sequence[Change]) -> dict[UUID, Any]:
    """The two sides of each conversation in which a change is due a confirmation."""
    return {
        row["conversation_id"]: row
        for row in await conversations.unconfirmed(transaction, [change.subject for change in changes])
        if confirmation_is_due(row["created_at"], row["wrote_at"], row["confirmed_at"])
    }


async def notify(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Notifies everyone of what was said to them and not read yet; for the side that answered it is done."""
    said = await notices.said(transaction, list({change.subject for change in changes}))
    between_two = [row for row in said if row["kind"] in TWO_SIDED]
    if between_two:
        await _notify_sides(transaction, between_two)
    if len(between_two) < len(said):
        await notify_members(transaction, [row for row in said if row["kind"] not in TWO_SIDED])


async def _notify_sides(transaction: Transaction, said: Sequence[Any]) -> None:
    # From here on nobody reads what is about to be told, or has read it already.
    await notifications.lock_topics(transaction, list({row["conversation_id"] for row in said}), alone=True)
    answered = _answered(said)
    # Who answers for a partner does so for all of it.
    partners = {(row["speaker_id"], row["conversation_id"]) for row in said if row["speaker_id"] != row["sender_id"]}
    await notifications.mark_read_by_parties(transaction, "message", sorted(partners))
    first: dict[tuple[UUID, UUID], Any] = {}
    for row in said:
        for party in row["listeners"]:
            notice = party, row["conversation_id"]
            if row["ordinal"] > answered.get(notice, 0):
                first.setdefault(notice, row)
    last = {row["conversation_id"]: row for row in said}
    read = await notices.who_has_read(transaction, [(place, row["ordinal"]) for place, row in last.items()])
    news = [
        notifications.Notice(party_id=party, topic_id=place, at=row["at"], number=row["ordinal"])
        for (party, place), row in first.items()
    ]
    # Who spoke last may act for the other side, too.
    spoke = [(row["sender_id"], place) for place, row in last.items()]
    await notifications.notify(transaction, "message", news, not_to=[*read, *spoke])


def _answered(said: Sequence[Any]) -> dict[tuple[UUID, UUID], int]:
    """The ordinal of what each (party, conversation) has said itself last."""
    return {(row["speaker_id"], row["conversation_id"]): row["ordinal"] for row in said}


async def end_silent(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Ends what is unread where everything that was to be told was deleted."""
    await end_notices(transaction, [change.subject for change in changes])


async def welcome_members(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Lets who joined a partner begin with nothing unread: what was said before was said to the colleagues."""
    await reads.begin(transaction, [(change.stream, change.subject, change.at) for change in changes])


async def hand_over_groups(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Gives an owner to groups and channels whose last one works here no more."""
    await hand_over(transaction, {change.subject for change in changes})


async def index(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Lets what was said, edited, pinned and reacted to be found as it is now, and what was deleted no longer."""
    await index_messages(transaction, list({change.subject for change in changes}))


async def index_names(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Lets files that were sent be found by their names, until they are by what stands in them."""
    await name_files(transaction, list({change.subject for change in changes}))


async def index_files(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Has files indexed with their text, which was read."""
    await unindexed_files.note_with(transaction, list({change.subject for change in changes}))


async def hint_again(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Repeats the hints of changes, since their process may have died between commit and hint.

    Which hints got lost cannot be known; whoever knows of a change drops the second hint unread.
    """
    spans: dict[UUID, tuple[int, int]] = {}
    for change in changes:
        first, last = spans.get(change.stream, (change.number, change.number))
        spans[change.stream] = min(first, change.number), max(last, change.number)
    for row in await conversations.whom_to_tell(transaction, list(spans)):
        first, last = spans[row["id"]]
        topics = live_topics(row["kind"], row["id"], row["readers"])
        transaction.announce(Hint("conversation", row["id"], first - 1, last, topics).event())
        if row["root_id"] is not None:
            told = live_topics(row["place_kind"], row["place_id"], row["readers"])
            transaction.announce(line_hint(row["root_id"], first - 1, last, told))
