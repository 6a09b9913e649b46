"""Conversations as a person sees them: rows of both orders, merged and completed with read positions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.accounts import Card
from estafette.base.database import Queries
from estafette.conversations.models.conversations import (
    ChannelConversation,
    Conversation,
    Counterpart,
    DirectConversation,
    GroupConversation,
    Read,
    StorefrontConversation,
    ThreadConversation,
    ThreadParent,
)
from estafette.conversations.rules import TOLD_OF_EACH_OTHER
from estafette.conversations.store import conversations, groups, member_reads, messages, reads, rows, threads

Cursor = tuple[datetime, UUID]


def merged(two_sided: Sequence[Any], grouped: Sequence[Any], limit: int) -> list[Any]:
    """The newest of both orders: two-sided conversations by their last message, the others likewise."""
    both = [*two_sided, *grouped]
    return sorted(both, key=cursor_of, reverse=True)[:limit] if grouped else both[:limit]


def cursor_of(row: Any) -> Cursor:
    """Where the page after a row of either order begins."""
    return row["active_at"] or row["opened_at"], row["conversation"]


async def by_ids(queries: Queries, person_id: UUID, ids: Sequence[UUID]) -> list[Conversation]:
    """Some conversations, those that the person may read, newest first."""
    if not ids:
        return []
    two_sided = await conversations.list_two_sided(queries, person_id, ids=ids, limit=len(ids))
    missing = list(set(ids) - {row["conversation"] for row in two_sided})
    grouped = await groups.by_ids(queries, person_id, missing) if missing else []
    missing = list(set(missing) - {row["conversation"] for row in grouped})
    below = await threads.by_ids(queries, person_id, missing) if missing else []
    found = await present(queries, merged(two_sided, grouped, len(ids)))
    if not below:
        return found
    both = [*found, *await present_threads(queries, person_id, below)]
    return sorted(both, key=lambda each: (each.last_message_at or each.opened_at, each.id), reverse=True)


async def present_threads(queries: Queries, person_id: UUID, found: Sequence[Any]) -> list[ThreadConversation]:
    """Threads with the message that each begins with and the newest reply, in the order of their rows."""
    wanted = {row["root_id"] for row in found} | {row["last_id"] for row in found if row["last_id"]}
    said = await messages.by_ids(queries, list(wanted), person_id)
    return [
        ThreadConversation(
            id=row["conversation"],
            number=row["head"],
            last_ordinal=row["last_ordinal"],
            opened_at=row["opened_at"],
            last_message_at=row["last_message_at"],
            last_message=said.get(row["last_id"]),
            unread=row["unread"],
            read_ordinal=row["read_ordinal"],
            marked_unread=row["marked_unread"],
            archived_at=row["archived_at"],
            reads=[],
            parent=ThreadParent(
                id=row["parent_id"],
                kind=row["parent_kind"],
                name=row["parent_name"] or "",
                picture=row["parent_picture"],
            ),
            root=said[row["root_id"]],
            replies=row["replies"],
            my_role=row["my_role"],
            my_level=row["my_level"],
            mentioned=row["mentioned"],
        )
        for row in found
    ]


async def present(queries: Queries, found: Sequence[Any]) -> list[Conversation]:
    """Rows of either order with the read positions of those who are in them."""
    sides = [row["conversation"] for row in found if "my_party" in row]
    members = [row["conversation"] for row in found if "my_party" not in row]
    positions = await reads.positions(queries, sides) if sides else {}
    for each in await member_reads.positions(queries, members, TOLD_OF_EACH_OTHER) if members else ():
        person = Card(id=each["person_id"], name=each["name"], picture=each["picture"])
        read = Read(person, person.id, each["ordinal"], each["at"])
        positions.setdefault(each["conversation_id"], []).append(read)
    return [_conversation(row, positions.get(row["conversation"], [])) for row in found]


def _conversation(row: Any, positions: list[Read]) -> Conversation:
    if "my_party" not in row:
        return _group(row, positions)
    me = Card(id=row["me_id"], name=row["me_name"], picture=row["me_picture"])
    other = Card(id=row["other_id"], name=row["other_name"], picture=row["other_picture"])
    counterpart = Counterpart(row["other_kind"], other.id, other.name, other.picture)
    if row["kind"] == "direct":
        return DirectConversation(
            **_common(row, positions),
            my_party=row["my_party"],
            counterpart=counterpart,
            favourite=row["favourite"],
            my_level="nothing" if row["muted"] else "all",
            put_away_at=row["put_away_at"],
            deactivated=row["other_deactivated"],
        )
    as_customer = row["my_role"] == "customer"
    return StorefrontConversation(
        **_common(row, positions),
        my_party=row["my_party"],
        counterpart=counterpart,
        customer=me if as_customer else other,
        partner=other if as_customer else me,
        confirmed_message=rows.message(row, "confirmed_") if row["confirmed_id"] else None,
    )


def _group(row: Any, positions: list[Read]) -> Conversation:
    kind = GroupConversation if row["kind"] == "group" else ChannelConversation
    return kind(
        **_common(row, positions),
        name=row["name"],
        purpose=row["purpose"],
        members=row["members"],
        is_open=row["is_open"],
        my_role=row["my_role"],
        my_level=row["my_level"],
        mentioned=row["mentioned"],
        favourite=row["favourite"],
        put_away_at=row["put_away_at"],
    )


def _common(row: Any, positions: list[Read]) -> dict[str, Any]:
    return {
        "id": row["conversation"],
        "number": row["head"],
        "last_ordinal": row["last_ordinal"],
        "opened_at": row["opened_at"],
        "last_message_at": row["last_message_at"],
        "last_message": rows.message(row) if row["id"] else None,
        "unread": row["unread"],
        "read_ordinal": row["read_ordinal"],
        "marked_unread": row["marked_unread"],
        "archived_at": row["archived_at"],
        "reads": positions,
    }
