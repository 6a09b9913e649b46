"""Appending: drafts become numbered messages in the caller's transaction, each with its change and its hint."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette import files
from estafette.accounts import Card
from estafette.base import changes
from estafette.base.changes import Change, Hint
from estafette.base.database import Transaction
from estafette.base.errors import Problem
from estafette.base.idempotency import KeyReused
from estafette.base.quotas import QuotaExceeded, Quotas, Used
from estafette.conversations.errors import ConversationBusy, UnknownConversation
from estafette.conversations.models import Draft, Message
from estafette.conversations.store import rows, sends

Outcome = Message | Problem


async def append(
    transaction: Transaction, drafts: Sequence[Draft], quotas: Quotas | None = None, *, wait: bool = True
) -> list[Outcome]:
    """Stores drafts in the caller's transaction; each gets its message, or the problem that concerns it alone.

    Without `wait` a draft for a conversation that somebody else holds gets ConversationBusy. Without `quotas`
    they are counted, and none is refused.
    """
    wanted = sorted({each.conversation_id for each in drafts})
    locked = {row["id"]: row for row in await sends.lock(transaction, wanted, wait=wait)}
    now = transaction.clock.now()
    looked = await sends.find_rights_and_keys(
        transaction, [(each.conversation_id, each.person_id, each.key) for each in drafts], now.date()
    )
    ends = {id_: (row["head"], row["last_ordinal"]) for id_, row in locked.items()}
    keyed: dict[tuple[UUID, str], Message] = {}
    used: dict[UUID, Used] = {}
    outcomes: list[Outcome] = []
    fresh: list[Message] = []
    for draft, row in zip(drafts, looked, strict=True):
        twin = keyed.get((draft.person_id, draft.key)) if draft.key else None
        first = twin or (rows.message(row) if row["id"] else None)
        if row["acting_for"] is None:
            outcomes.append(UnknownConversation())
        elif draft.conversation_id not in locked:
            outcomes.append(ConversationBusy())
        elif first is not None:
            outcomes.append(first if _same(draft, first) else KeyReused())
        elif (refused := _count(used, draft, row, quotas, now)) is not None:
            outcomes.append(refused)
        else:
            head, last = ends[draft.conversation_id]
            ends[draft.conversation_id] = head + 1, last + 1
            message = Message(
                id=draft.id,
                conversation_id=draft.conversation_id,
                ordinal=last + 1,
                number=head + 1,
                kind="text",
                party_id=row["acting_for"],
                sender=Card(id=draft.person_id, name=row["sender_name"], picture=row["sender_picture"]),
                text=draft.text,
                attachments=await _claim(transaction, draft),
                created_at=now,
                key=draft.key,
            )
            outcomes.append(message)
            fresh.append(message)
            if draft.key:
                keyed[draft.person_id, draft.key] = message
    await store(transaction, fresh, {id_: (row["head"], tuple(row["parties"])) for id_, row in locked.items()})
    return outcomes


def _count(
    used: dict[UUID, Used], draft: Draft, row: Any, quotas: Quotas | None, now: datetime
) -> QuotaExceeded | None:
    """Counts a draft among what its person has said today, unless that is too much."""
    if quotas is None:
        return None
    used.setdefault(draft.person_id, Used(row["used_messages"] or 0, 0, row["used_bytes"] or 0))
    return quotas.count(used, draft.person_id, Used(messages=1, bytes=len(draft.text.encode())), now)


async def store(
    transaction: Transaction, messages: Sequence[Message], before: Mapping[UUID, tuple[int, tuple[UUID, ...]]]
) -> None:
    """Stores numbered messages of locked conversations and announces them; `before` has old heads and the parties.

    The messages are of one kind and have one time.
    """
    if not messages:
        return
    await sends.insert(transaction, messages)
    await changes.append(
        transaction,
        [Change(each.conversation_id, each.number, "message_sent", each.id, each.created_at) for each in messages],
    )
    heads = {each.conversation_id: each.number for each in messages}
    transaction.announce(
        *(Hint("conversation", id_, before[id_][0], head, before[id_][1]).event() for id_, head in heads.items())
    )


async def _claim(transaction: Transaction, draft: Draft) -> list[files.File]:
    if not draft.attachments:
        return []
    claimed = await files.claim(transaction, draft.person_id, list(draft.attachments))
    await sends.attach(transaction, draft.id, draft.conversation_id, draft.attachments)
    return claimed


def _same(draft: Draft, first: Message) -> bool:
    """Whether a retry says what was said at first; what was edited or deleted since cannot be compared."""
    return first.conversation_id == draft.conversation_id and (
        first.edited_at is not None
        or first.deleted_at is not None
        or (first.text == draft.text and tuple(each.id for each in first.attachments) == draft.attachments)
    )
