"""Looking: lists of conversations, one conversation, its history and its changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.accounts import Card
from estafette.base.database import Database, Queries
from estafette.conversations.errors import UnknownConversation, UnknownMessage
from estafette.conversations.models import (
    Change,
    Changes,
    Conversation,
    Counterpart,
    History,
    Message,
    Read,
    Seen,
    Unread,
)
from estafette.conversations.store import conversations, messages, reads, rows


async def present(queries: Queries, found: Sequence[Any]) -> list[Conversation]:
    """Rows of conversations with their read positions."""
    positions = await reads.positions(queries, [row["conversation"] for row in found]) if found else {}
    return [_conversation(row, positions.get(row["conversation"], [])) for row in found]


def _conversation(row: Any, positions: list[Read]) -> Conversation:
    me = Card(id=row["me_id"], name=row["me_name"], picture=row["me_picture"])
    other = Card(id=row["other_id"], name=row["other_name"], picture=row["other_picture"])
    as_customer = row["my_role"] == "customer"
    return Conversation(
        id=row["conversation"],
        kind=row["kind"],
        number=row["head"],
        last_ordinal=row["last_ordinal"],
        opened_at=row["opened_at"],
        last_message_at=row["last_message_at"],
        last_message=rows.message(row) if row["id"] else None,
        unread=max(0, row["unread"]),
        archived_at=row["archived_at"],
        my_party=row["my_party"],
        counterpart=Counterpart(row["other_kind"], other.id, other.name, other.picture),
        customer=me if as_customer else other,
        partner=other if as_customer else me,
        reads=positions,
    )


async def conversation(database: Database, person_id: UUID, conversation_id: UUID) -> Conversation:
    """One conversation as a person sees it; raises UnknownConversation."""
    found = await conversations.list_conversations(database, person_id, ids=[conversation_id], limit=1)
    if not found:
        raise UnknownConversation
    return (await present(database, found))[0]


async def conversation_with(database: Database, customer_id: UUID, partner_id: UUID) -> Conversation:
    """The customer's conversation with a partner; raises UnknownConversation."""
    found = await conversations.find_storefront(database, customer_id, partner_id)
    if found is None:
        raise UnknownConversation
    return await conversation(database, customer_id, found)


async def unread_counts(database: Database, person_id: UUID) -> list[Unread]:
    """What is unread on each side the person acts for."""
    return [
        Unread(
            "customer" if row["party_id"] == person_id else str(row["party_id"]), row["conversations"], row["messages"]
        )
        for row in await conversations.count_unread(database, person_id)
    ]


async def history(
    database: Database,
    person_id: UUID,
    conversation_id: UUID,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = 50,
) -> History:
    """A run of messages, oldest first: the newest, or those before, after or around an ordinal."""
    if after is None and around is None:
        found = await messages.page(database, conversation_id, person_id, before, limit)
        if not found:
            raise UnknownConversation
        return _history([rows.message(row) for row in found if row["id"] is not None], found[0])
    state = await conversations.viewer_state(database, conversation_id, person_id)
    if state is None:
        raise UnknownConversation
    # The number is read before the messages: whoever applies the changes after it misses nothing.
    items: list[Message]
    if after is not None:
        items = await messages.after(database, conversation_id, after, limit)
    else:
        around = around or 0
        half = limit // 2
        older = await messages.before(database, conversation_id, around + 1, limit - half)
        items = [*reversed(older), *await messages.after(database, conversation_id, around, half)]
    return _history(items, state)


def _history(items: list[Message], state: Any) -> History:
    last: int = state["last_ordinal"]
    return History(items=items, first_ordinal=1 if last else 0, last_ordinal=last, number=state["head"])


async def changes_after(database: Database, person_id: UUID, conversation_id: UUID, after: int, limit: int) -> Changes:
    """What changed after a number, at most `limit` changes; `head` tells whether there is more."""
    state = await conversations.viewer_state(database, conversation_id, person_id)
    if state is None:
        raise UnknownConversation
    head: int = state["head"]
    until = min(head, after + limit)
    found = await messages.changes_between(database, [(conversation_id, after, until)]) if until > after else []
    return Changes(
        conversation_id=conversation_id,
        after=after,
        until=max(until, after) if after <= head else head,
        head=head,
        changes=[change(row) for row in found],
    )


def change(row: Any) -> Change:
    """A change with its message in its present state."""
    return Change(
        row["change_number"], row["change_kind"], row["at"], rows.message(row) if row["id"] is not None else None
    )


async def seen_by(database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID) -> list[Seen]:
    """Who of the other side has seen a message, and when."""
    if await conversations.viewer_state(database, conversation_id, person_id) is None:
        raise UnknownConversation
    found = (await messages.by_ids(database, [message_id])).get(message_id)
    if found is None or found.conversation_id != conversation_id:
        raise UnknownMessage
    return await reads.seen_by(database, conversation_id, found.ordinal, found.party_id)


async def ordinal_of(database: Database, conversation_id: UUID, message_id: UUID) -> int:
    """The ordinal of a message of a conversation, of which nothing else is told; raises UnknownMessage."""
    found = await messages.ordinal_of(database, conversation_id, message_id)
    if found is None:
        raise UnknownMessage
    return found


async def read_by_others(database: Database, conversation_id: UUID) -> dict[UUID, int]:
    """How far each party has read; for callers that have established that the person may see the conversation."""
    return await reads.others_read(database, conversation_id)


def cursor_of(conversation: Conversation) -> tuple[datetime, UUID]:
    """Where the page after a conversation begins."""
    if conversation.last_message_at is None:
        raise LookupError("a listed conversation has a message")
    return conversation.last_message_at, conversation.id
