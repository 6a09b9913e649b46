"""Groups and channels: opened, found, renamed, opened to all or closed."""

from typing import Final
from uuid import UUID

import msgspec

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base import changes
from estafette.base.bus import event
from estafette.base.changes import Change
from estafette.base.database import Database
from estafette.base.errors import FieldError, Invalid
from estafette.base.ids import new_id
from estafette.conversations.actions.locking import lock, take_number
from estafette.conversations.actions.viewing import conversation
from estafette.conversations.errors import ConversationArchived, NotAllowedHere
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.models.groups import GroupChanges, NewGroup, OpenChannel
from estafette.conversations.rules import MODERATING, WITH_MEMBERS, on_one_line, query_of
from estafette.conversations.store import groups, stale_entries
from estafette.realtime import TOPIC, TopicChange

LONGEST_NAME: Final = 80
LONGEST_PURPOSE: Final = 500


async def open_group(database: Database, who: SignedIn, new: NewGroup) -> Conversation:
    """Opens a group or channel with its opener as owner and member; raises Forbidden, Invalid."""
    accounts.require_employee(who)
    name, purpose = _checked(new.name, new.purpose, open_group=new.kind == "group" and new.is_open)
    conversation_id = new_id()
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        await groups.insert(
            transaction,
            conversation_id,
            new.kind,
            name=name,
            name_key=accounts.folded(name),
            purpose=purpose,
            is_open=new.is_open,
            readers=readers_of(conversation_id, is_open=new.is_open),
            owner_id=who.person_id,
            at=now,
        )
        await changes.append(transaction, [Change(conversation_id, 1, "opened", conversation_id, now)])
        transaction.enclose(event(TOPIC, TopicChange(topic=conversation_id, people=(who.person_id,), follows=True)))
        transaction.announce(changes.Hint("conversation", conversation_id, 0, 1, (conversation_id,)).event())
    return await conversation(database, who.person_id, conversation_id)


def readers_of(conversation_id: UUID, *, is_open: bool) -> tuple[UUID, ...]:
    """Who may read a group or channel: who is in it, and all of the organisation if it is open."""
    return (conversation_id, accounts.ORGANISATION) if is_open else (conversation_id,)


async def change_group(database: Database, who: SignedIn, conversation_id: UUID, wanted: GroupChanges) -> Conversation:
    """Renames a group or channel, says what it is for, opens it to all or closes it; for who moderates it.

    What strangers found before it was closed they find no more. Raises UnknownConversation, NotAllowedHere, Invalid.
    """
    async with database.transaction() as transaction:
        place = await lock(transaction, who.person_id, conversation_id)
        if place.kind not in WITH_MEMBERS or place.role not in MODERATING:
            raise NotAllowedHere
        if place.archived:
            raise ConversationArchived
        old = await groups.details(transaction, conversation_id)
        is_open = old["is_open"] if wanted.is_open is msgspec.UNSET else wanted.is_open
        name, purpose = _checked(
            old["name"] if wanted.name is msgspec.UNSET else wanted.name,
            old["purpose"] if wanted.purpose is msgspec.UNSET else wanted.purpose,
            open_group=place.kind == "group" and is_open,
        )
        if (name, purpose, is_open) != (old["name"], old["purpose"], old["is_open"]):
            await groups.update(
                transaction,
                conversation_id,
                name=name,
                name_key=accounts.folded(name),
                purpose=purpose,
                is_open=is_open,
                readers=readers_of(conversation_id, is_open=is_open),
            )
            if is_open != old["is_open"]:
                await stale_entries.note_with_threads(transaction, conversation_id)
            if old["is_open"] and not is_open:
                # Who watches it without being in it is asked about again, before anything more is told.
                closed = event(TOPIC, TopicChange(topic=conversation_id, people=(), follows=False))
                transaction.enclose(closed)
            await take_number(transaction, place, "conversation_changed", conversation_id)
    return await conversation(database, who.person_id, conversation_id)


def _checked(name: str, purpose: str, *, open_group: bool) -> tuple[str, str]:
    """Name and purpose on one line each; raises Invalid."""
    wrong: list[FieldError] = []
    name = on_one_line(name, "name", LONGEST_NAME, wrong)
    purpose = on_one_line(purpose, "purpose", LONGEST_PURPOSE, wrong)
    if not name:
        wrong.append(FieldError("name", "required"))
    if open_group:
        # A group is found by nobody who is not in it; what all may join is a channel.
        wrong.append(FieldError("is_open", "only_channels"))
    if wrong:
        raise Invalid(*wrong)
    return name, purpose


async def find_channels(
    database: Database, who: SignedIn, q: str | None, after: tuple[str, UUID] | None, limit: int
) -> tuple[list[OpenChannel], tuple[str, UUID] | None]:
    """Open channels by name, those of whose names `q` holds the words, and where the next page begins."""
    accounts.require_employee(who)
    found = await groups.find_open(
        database, who.person_id, accounts.folded(query_of(q) or "").split(), after, limit + 1
    )
    items = [
        OpenChannel(
            id=row["conversation_id"],
            name=row["name"],
            purpose=row["purpose"],
            members=row["members"],
            joined=row["joined"],
        )
        for row in found[:limit]
    ]
    last = found[limit - 1] if len(found) > limit else None
    return items, (last["name_key"], last["conversation_id"]) if last is not None else None
