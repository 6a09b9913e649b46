"""Who is in a group or channel: inviting, joining, leaving, removing, and as what."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from estafette import accounts, notifications
from estafette.accounts import Card, SignedIn
from estafette.base.bus import event
from estafette.base.database import Database, Transaction
from estafette.base.errors import FieldError, Invalid, invalid
from estafette.conversations.actions.locking import Locked, lock, take_number, take_numbers
from estafette.conversations.actions.viewing import conversation
from estafette.conversations.errors import (
    ConversationArchived,
    LastOwner,
    NotAllowedHere,
    NotAMember,
    UnknownConversation,
    UnknownPerson,
)
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.models.groups import Member, MemberRole
from estafette.conversations.rules import MODERATING, WITH_MEMBERS, query_of
from estafette.conversations.store import conversations, memberships, thread_followers
from estafette.realtime import TOPIC, TopicChange

INVITED_AT_ONCE: Final = 20_000
NAMED_IN_AN_EVENT: Final = 100
"""More people who come at the same time are not named: each process asks who of those it serves is among them."""
WRONG_SHOWN: Final = 50


async def invite(
    database: Database, who: SignedIn, conversation_id: UUID, people: Sequence[UUID], role: MemberRole
) -> Conversation:
    """Lets people in, however many in one change; who is in it already stays what they are.

    Members invite members and readers, moderators also moderators, owners anybody. Raises UnknownConversation,
    NotAMember, NotAllowedHere, ConversationArchived, and Invalid for who is not an employee.
    """
    if len(people) > INVITED_AT_ONCE:
        raise invalid("people", "too_many", max=INVITED_AT_ONCE)
    async with database.transaction() as transaction:
        place = await _locked(transaction, who.person_id, conversation_id)
        if place.role == "reader" or not _may_make(place.role, role):
            raise NotAllowedHere
        strangers = await memberships.not_employed(transaction, people)
        wrong = [FieldError(f"people[{at}]", "not_an_employee") for at, each in enumerate(people) if each in strangers]
        if wrong:
            raise Invalid(*wrong[:WRONG_SHOWN])
        await _add(transaction, place, sorted(set(people)), role, who.person_id)
    return await conversation(database, who.person_id, conversation_id)


async def join(database: Database, who: SignedIn, conversation_id: UUID) -> Conversation:
    """Joins an open channel, with its history and nothing unread; joining again changes nothing."""
    accounts.require_employee(who)
    async with database.transaction() as transaction:
        place = await lock(transaction, who.person_id, conversation_id)
        if place.kind not in WITH_MEMBERS:
            raise UnknownConversation
        if place.role is None:
            if place.archived:
                raise ConversationArchived
            await _add(transaction, place, [who.person_id], "member", who.person_id)
    return await conversation(database, who.person_id, conversation_id)


async def leave(database: Database, who: SignedIn, conversation_id: UUID) -> None:
    """Leaves a group or channel, archived or not; raises LastOwner while others are in it who have no other owner."""
    async with database.transaction() as transaction:
        place = await _locked(transaction, who.person_id, conversation_id, archived=True)
        await _remove(transaction, place, who.person_id, place.role)


async def remove(database: Database, who: SignedIn, conversation_id: UUID, person_id: UUID) -> None:
    """Takes somebody out; from the commit on they are told nothing more, whatever connection they have open.

    Moderators remove members and readers, owners anybody. Raises UnknownConversation, NotAllowedHere, UnknownPerson.
    """
    async with database.transaction() as transaction:
        place = await _locked(transaction, who.person_id, conversation_id, archived=True)
        role = await _role_of(transaction, conversation_id, person_id)
        if not may_change(place.role, role):
            raise NotAllowedHere
        await _remove(transaction, place, person_id, role)


async def set_role(
    database: Database, who: SignedIn, conversation_id: UUID, person_id: UUID, role: MemberRole
) -> Member:
    """Gives a member another role; an owner who is the last one stays it (LastOwner)."""
    async with database.transaction() as transaction:
        place = await _locked(transaction, who.person_id, conversation_id)
        old = await _role_of(transaction, conversation_id, person_id)
        if not (may_change(place.role, old) and _may_make(place.role, role)):
            raise NotAllowedHere
        if old != role:
            if old == "owner":
                await _require_other_owner(transaction, place, person_id)
            await memberships.set_role(transaction, conversation_id, person_id, role)
            await take_number(transaction, place, "member_changed", person_id)
        return (await _members(transaction, conversation_id, [person_id]))[0]


async def members(
    database: Database,
    who: SignedIn,
    conversation_id: UUID,
    q: str | None,
    after: tuple[str, UUID] | None,
    limit: int,
) -> tuple[list[Member], tuple[str, UUID] | None]:
    """Who is in a group or channel, by name, and where the next page begins; for all who may read it.

    Of a thread those of its parent: whom one may mention there.
    """
    state = await conversations.viewer_state(database, conversation_id, who.person_id)
    if state is None or state["place_kind"] not in WITH_MEMBERS:
        raise UnknownConversation
    found = await memberships.members(
        database, state["place_id"], accounts.folded(query_of(q) or "").split(), after, limit + 1
    )
    last = found[limit - 1] if len(found) > limit else None
    return [_member(row) for row in found[:limit]], (
        (last["name_key"], last["person_id"]) if last is not None else None
    )


async def _locked(
    transaction: Transaction, person_id: UUID, conversation_id: UUID, *, archived: bool = False
) -> Locked:
    """Locks a group or channel that the person is in."""
    place = await lock(transaction, person_id, conversation_id)
    if place.kind not in WITH_MEMBERS:
        raise NotAllowedHere
    if place.role is None:
        raise NotAMember
    if place.archived and not archived:
        raise ConversationArchived
    return place


async def _add(transaction: Transaction, place: Locked, people: Sequence[UUID], role: MemberRole, by: UUID) -> None:
    added = await memberships.add(transaction, place.id, [(each, role) for each in people], by, transaction.clock.now())
    if not added:
        return
    named = tuple(added) if len(added) <= NAMED_IN_AN_EVENT else ()
    # With the commit and never again: it would undo a removal that came in between. From here on they follow it, and so
    # are told of the change itself.
    joined = event(TOPIC, TopicChange(topic=place.id, people=named, follows=True))
    transaction.enclose(joined)
    kind, subject = ("member_joined", added[0]) if len(added) == 1 else ("members_added", place.id)
    await take_number(transaction, place, kind, subject)


async def _remove(transaction: Transaction, place: Locked, person_id: UUID, role: MemberRole | None) -> None:
    if role == "owner" and place.members > 1:
        await _require_other_owner(transaction, place, person_id)
    await take_out(transaction, place, [person_id])


async def take_out(transaction: Transaction, place: Locked, people: Sequence[UUID]) -> None:
    """Takes members out of a locked group or channel, however many, without asking whether they may go."""
    await memberships.remove(transaction, place.id, people)
    await notifications.mark_read_by_people(transaction, "message", [(each, place.id) for each in people])
    followed = await thread_followers.unfollow_all(transaction, place.id, people)
    await notifications.mark_read_by_people(transaction, "message", sorted(followed))
    for begin in range(0, len(people), NAMED_IN_AN_EVENT):
        # However many they are, each is named: who is told nothing more must not depend on who asks again.
        named = tuple(people[begin : begin + NAMED_IN_AN_EVENT])
        left = event(TOPIC, TopicChange(topic=place.id, people=named, follows=False))
        transaction.enclose(left)
    await take_numbers(transaction, place, "member_left", people)


async def _require_other_owner(transaction: Transaction, place: Locked, person_id: UUID) -> None:
    if not await memberships.other_owner(transaction, place.id, person_id):
        raise LastOwner


async def _role_of(transaction: Transaction, conversation_id: UUID, person_id: UUID) -> MemberRole:
    role = (await memberships.roles(transaction, conversation_id, [person_id])).get(person_id)
    if role is None:
        raise UnknownPerson
    return role


def _may_make(mine: MemberRole | None, role: MemberRole) -> bool:
    """Whether somebody may give a role: nobody gives more than they have."""
    return mine == "owner" or (mine == "moderator" and role != "owner") or role in ("member", "reader")


def may_change(mine: MemberRole | None, role: MemberRole) -> bool:
    """Whether somebody may remove who has a role, or give them another."""
    return mine == "owner" or (mine in MODERATING and role not in MODERATING)


async def _members(transaction: Transaction, conversation_id: UUID, people: Sequence[UUID]) -> list[Member]:
    return [_member(row) for row in await memberships.members_by_id(transaction, conversation_id, people)]


def _member(row: Any) -> Member:
    return Member(
        person=Card(id=row["person_id"], name=row["name"], picture=row["picture"]),
        role=row["role"],
        joined_at=row["joined_at"],
        deactivated=row["deactivated"],
    )
