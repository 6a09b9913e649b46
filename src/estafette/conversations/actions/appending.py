"""Appending: drafts become numbered messages, each with its change, its reactions and its hint, in one statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette import files
from estafette.accounts import Card
from estafette.base import changes
from estafette.base.bus import Event
from estafette.base.database import Queries, Transaction
from estafette.base.errors import Problem, invalid
from estafette.base.group_commit import HeldUp
from estafette.base.idempotency import KeyReused
from estafette.base.quotas import Quotas, exceeded
from estafette.conversations.actions.drafting import draft_frame
from estafette.conversations.actions.locking import hints, line_hint
from estafette.conversations.errors import (
    ConversationArchived,
    MessageDeleted,
    NotAllowedHere,
    NotAMember,
    OnlyReading,
    UnknownConversation,
)
from estafette.conversations.models.messages import Draft, Message, Quoted
from estafette.conversations.rules import live_topics
from estafette.conversations.store import messages, sends

Outcome = Message | Problem


class Appended(msgspec.Struct, frozen=True):
    """What became of each draft, and the events that tell of it once it is committed."""

    outcomes: list[Message | Problem | HeldUp]
    events: list[Event]


async def append(
    transaction: Transaction,
    drafts: Sequence[Draft],
    limits: Quotas | None = None,
    claimed: Mapping[UUID, list[files.File]] | None = None,
) -> list[Outcome]:
    """Stores drafts of one kind in the caller's transaction; each gets its message, or the problem that concerns it.

    Waits for whoever holds their conversations. Drafts with attachments must be undone where they get a problem, but
    for those whose files are `claimed` already. Without `limits` what people say is counted, and nothing is refused.
    No key may occur twice.
    """
    now = transaction.clock.now()
    await sends.lock(transaction, sorted({each.conversation_id for each in drafts}))
    before = claimed or {}
    attached = {
        each.id: before[each.id] if each.id in before else await _claim(transaction, each)
        for each in drafts
        if each.attachments
    }
    appended = await store(transaction, drafts, now, limits, attached)
    transaction.announce(*appended.events)
    outcomes: list[Outcome] = []
    for draft, outcome in zip(drafts, appended.outcomes, strict=True):
        if isinstance(outcome, HeldUp):
            raise LookupError("a conversation that was locked is held by somebody else")
        if isinstance(outcome, Message) and outcome.id == draft.id and draft.attachments:
            await sends.attach(transaction, draft.id, draft.conversation_id, draft.attachments)
        outcomes.append(outcome)
    return outcomes


async def store(
    queries: Queries,
    drafts: Sequence[Draft],
    now: datetime,
    limits: Quotas | None,
    attached: Mapping[UUID, list[files.File]],
) -> Appended:
    """Stores drafts of one kind in one statement, a transaction of its own where the caller has none open.

    `HeldUp` are those whose conversation somebody else holds, or has just changed.
    """
    rows = await sends.send(
        queries,
        [_row(each, attached) for each in drafts],
        drafts[0].kind,
        now,
        most_messages=limits.messages if limits else 0,
        most_bytes=limits.bytes if limits else 0,
    )
    outcomes: list[Message | Problem | HeldUp] = []
    undrafted: list[Event] = []
    heads: dict[UUID, tuple[int, int, tuple[UUID, ...]]] = {}
    lines: dict[UUID, tuple[int, int, tuple[UUID, ...]]] = {}
    for draft, row in zip(drafts, rows, strict=True):
        if row["step"] is None:
            outcomes.append(
                await _first(queries, draft, row["first_id"]) if row["first_id"] else _problem(draft, row, now)
            )
            continue
        message = _message(draft, row, attached.get(draft.id, []), now)
        topics = live_topics(row["kind"], draft.conversation_id, row["readers"])
        heads[draft.conversation_id] = row["head"], message.number, topics
        if row["root_id"] is not None:
            told = live_topics(row["place_kind"], row["place_id"], row["readers"])
            lines[row["root_id"]] = row["head"], message.number, told
        if row["undrafted"] and draft.person_id is not None:
            undrafted += draft_frame(draft.person_id, draft.conversation_id, 0)
        outcomes.append(message)
    moved = hints([(id_, *span) for id_, span in heads.items()])
    below = [line_hint(root_id, *span) for root_id, span in lines.items()]
    return Appended(outcomes, [*moved, *below, *([changes.due()] if moved else []), *undrafted])


def _row(draft: Draft, attached: Mapping[UUID, list[files.File]]) -> sends.Row:
    # As text: a list in a column of lists would be taken for a second dimension.
    given = attached.get(draft.id)
    return (
        draft.id,
        draft.conversation_id,
        draft.person_id,
        draft.party_id,
        draft.text,
        draft.key,
        msgspec.json.encode(given).decode() if given else None,
        "{" + ",".join(map(str, draft.mentions)) + "}" if draft.mentions else None,
        draft.mentions_all,
        draft.reply_to,
        draft.draft,
        msgspec.json.encode(draft.forwarded).decode() if draft.forwarded else None,
    )


def _message(draft: Draft, row: Any, attachments: list[files.File], now: datetime) -> Message:
    person = draft.person_id
    return Message(
        id=draft.id,
        conversation_id=draft.conversation_id,
        ordinal=row["last_ordinal"] + row["step"],
        number=row["head"] + row["step"],
        kind=draft.kind,
        party_id=row["party_id"],
        sender=Card(id=person, name=row["name"] or "", picture=row["picture"]) if person is not None else None,
        text=draft.text,
        attachments=attachments,
        created_at=now,
        key=draft.key,
        mentions=row["mentions"] or [],
        mentions_all=draft.mentions_all,
        quoted=_quoted(draft.reply_to, row) if draft.reply_to is not None else None,
    )


def _quoted(message_id: UUID, row: Any) -> Quoted:
    sender = row["quoted_sender_id"]
    return Quoted(
        id=message_id,
        ordinal=row["quoted_ordinal"],
        sender=None
        if sender is None
        else Card(id=sender, name=row["quoted_sender_name"] or "", picture=row["quoted_sender_picture"]),
        excerpt=row["quoted_excerpt"],
        attachments=row["quoted_attachments"],
        deleted=False,
    )


async def _first(queries: Queries, draft: Draft, first_id: UUID) -> Message | Problem:
    """The message that bears a draft's key already, or that the key was used for something else."""
    first = (await messages.by_ids(queries, [first_id], draft.person_id))[first_id]
    return first if _same(draft, first) else KeyReused()


def _problem(draft: Draft, row: Any, now: datetime) -> Problem | HeldUp:
    if row["seen_head"] is None or row["party_id"] is None:
        return NotAMember() if row["may_join"] else UnknownConversation()
    if row["head"] != row["seen_head"]:
        return HeldUp.LANE
    if row["archived"]:
        return ConversationArchived()
    if row["role"] == "reader":
        return OnlyReading()
    if row["over_quota"]:
        return exceeded(now)
    if draft.reply_to is not None and row["quoted_ordinal"] is None:
        return invalid("reply_to", "unknown_message")
    return NotAllowedHere()


async def _claim(transaction: Transaction, draft: Draft) -> list[files.File]:
    """Claims the files of a draft, unless it is a retry; what is forwarded shares those that are in use."""
    if draft.forwarded is not None:
        shared = await files.hold(transaction, draft.attachments)
        if len(shared) < len(draft.attachments):
            raise MessageDeleted
        return shared
    if draft.person_id is None or (
        draft.key is not None and await sends.find_by_key(transaction, draft.person_id, draft.key) is not None
    ):
        return []
    return await files.claim(transaction, draft.person_id, list(draft.attachments))


def _same(draft: Draft, first: Message) -> bool:
    """Whether a retry says what was said at first; what was edited or deleted since cannot be compared."""
    return first.conversation_id == draft.conversation_id and (
        first.edited_at is not None
        or first.deleted_at is not None
        or (first.text == draft.text and tuple(each.id for each in first.attachments) == draft.attachments)
    )
