"""Chats with who is in them: listed, and filled with other people."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import FieldError, Invalid, invalid
from estafette.conversations.actions.locking import lock
from estafette.conversations.actions.membership import WRONG_SHOWN, invite, may_change, take_out
from estafette.conversations.actions.presenting import cursor_of, merged
from estafette.conversations.errors import ConversationArchived, NotAllowedHere, NotAMember, UnknownConversation
from estafette.conversations.models.rosters import Roster
from estafette.conversations.rules import WITH_MEMBERS
from estafette.conversations.store import conversations, groups, memberships
from estafette.conversations.store import rosters as store

NAMED: Final = 1_000
"""Beside the owner; who is in a larger channel is read page by page, and changed one by one."""


async def list_rosters(
    database: Database, who: SignedIn, limit: int, *, people: int, before: UUID | None = None
) -> list[Roster]:
    """The direct chats, groups and channels that somebody is in, archived ones too, newest message first.

    At most `limit`, and the first at least, which name no more than so many `people` together: each names whoever it
    would alone. Those that come after `before`, one of the chats; raises UnknownConversation for what is none.
    """
    position = None if before is None else cursor_of(await _row(database, who, before))
    two_sided = await conversations.list_two_sided(
        database, who.person_id, kinds=["direct"], party_id=who.person_id, before=position, limit=limit
    )
    grouped = await groups.list_own(database, who.person_id, before=position, limit=limit)
    return await _with_people(database, who.person_id, _naming(merged(two_sided, grouped, limit), people))


async def roster(database: Database, who: SignedIn, conversation_id: UUID) -> Roster:
    """One of the chats that somebody may read; raises UnknownConversation, also for conversations with customers."""
    return (await _with_people(database, who.person_id, [await _row(database, who, conversation_id)]))[0]


async def _row(database: Database, who: SignedIn, conversation_id: UUID) -> Any:
    found = await groups.by_ids(database, who.person_id, [conversation_id])
    if not found:
        found = await conversations.list_two_sided(
            database, who.person_id, ids=[conversation_id], kinds=["direct"], limit=1
        )
    if not found:
        raise UnknownConversation
    return found[0]


def _naming(rows: Sequence[Any], people: int) -> Sequence[Any]:
    named = accumulate(1 if row["kind"] == "direct" else min(row["members"] - 1, NAMED) for row in rows)
    fitting = sum(1 for count in named if count <= people)
    return rows[: max(1, fitting)]


async def _with_people(database: Database, person_id: UUID, rows: Sequence[Any]) -> list[Roster]:
    groups_shown = [row["conversation"] for row in rows if row["kind"] != "direct"]
    people = await store.rosters(database, groups_shown, NAMED) if groups_shown else {}
    return [_roster(row, person_id, people.get(row["conversation"])) for row in rows]


def _roster(row: Any, person_id: UUID, people: Any) -> Roster:
    direct = row["kind"] == "direct"
    return Roster(
        id=row["conversation"],
        kind=row["kind"],
        name=row["other_name"] if direct else row["name"],
        owner_id=person_id if direct else people["owner_id"],
        others=[row["other_id"]] if direct else people["others"],
        archived=row["put_away_at" if direct else "archived_at"] is not None,
        unread=row["unread"],
        last_message_at=row["last_message_at"],
    )


async def replace_members(database: Database, who: SignedIn, conversation_id: UUID, people: Sequence[UUID]) -> None:
    """Lets in who is named and takes out who is not; who has owned it longest stays, and so does whoever asks.

    Who is in it keeps their role. Members let people in, moderators also take members and readers out, owners anybody.
    Raises UnknownConversation, NotAMember, NotAllowedHere, ConversationArchived, and Invalid: for who is no employee,
    for more than 1,000, and for a channel in which more are than could be named.
    """
    if len(people) > NAMED:
        raise invalid("people", "too_many", max=NAMED)
    async with database.together(), database.transaction() as transaction:
        place = await lock(transaction, who.person_id, conversation_id)
        if place.kind not in WITH_MEMBERS:
            raise NotAllowedHere
        if place.role is None:
            raise NotAMember
        if place.archived:
            raise ConversationArchived
        if place.members > NAMED + 1:
            raise invalid("people", "too_many", max=NAMED)
        present = await store.everybody(transaction, conversation_id, NAMED + 1)
        there = {row["person_id"]: row["role"] for row in present}
        kept = {who.person_id, *people, *(row["person_id"] for row in present if row["owns_longest"])}
        gone = [each for each in there if each not in kept]
        if not all(may_change(place.role, there[each]) for each in gone):
            raise NotAllowedHere
        strangers = await memberships.not_employed(transaction, list(set(people) - there.keys()))
        wrong = [FieldError(f"people[{at}]", "not_an_employee") for at, each in enumerate(people) if each in strangers]
        if wrong:
            raise Invalid(*wrong[:WRONG_SHOWN])
        if gone:
            await take_out(transaction, place, gone)
        if set(people) - there.keys():
            await invite(database, who, conversation_id, list(set(people) - there.keys()), "member")
