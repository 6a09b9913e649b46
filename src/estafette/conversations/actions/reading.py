"""Read positions and typing: state that is not logged, told to whoever looks."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from estafette import notifications
from estafette.accounts import Card
from estafette.base.bus import Event
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.conversations.actions.unread_marks import mark_frame
from estafette.conversations.errors import NotAMember, UnknownConversation
from estafette.conversations.models.conversations import ReadState
from estafette.conversations.rules import TOLD_OF_EACH_OTHER, TWO_SIDED, live_topics
from estafette.conversations.store import conversations, moving_back, read_through, reads
from estafette.realtime import frame_to

MARKS_KEPT: Final = timedelta(days=90)
MARKS_AT_ONCE: Final = 1_000


async def mark_read(database: Database, person: Card, conversation_id: UUID, ordinal: int) -> ReadState:
    """Moves a person's read position forward to an ordinal; it never moves back, and not past the last message.

    Takes away the mark of a conversation that was marked unread.

    Raises UnknownConversation, and NotAMember for who reads an open channel without being in it.
    """
    if ordinal < 0:
        raise invalid("ordinal", "out_of_range", min=0, max=2**53)
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        await notifications.lock_topics(transaction, [conversation_id], alone=False)
        state = await conversations.viewer_state(transaction, conversation_id, person.id)
        if state is None:
            raise UnknownConversation
        two_sided = state["kind"] in TWO_SIDED
        mark = reads.mark if two_sided else reads.mark_as_member
        row = await mark(transaction, conversation_id, person.id, min(ordinal, 2**53), now)
        if row is None:
            # Who reads an open channel without being in it has no position in it.
            raise NotAMember
        if row["moved"] and row["was_back"]:
            transaction.announce(*_unread_frame(conversation_id, person.id, row, two_sided=two_sided))
        if row["moved"] and row["ordinal"] > row["seen"]:
            frame = {
                "type": "read",
                "conversation": conversation_id,
                "party_id": row["party_id"] if two_sided else person.id,
                "person": person,
                "ordinal": row["ordinal"],
                "at": now,
            }
            transaction.announce(*frame_to(_readers_told(state, conversation_id, person), frame))
        if row["unmarked"]:
            transaction.announce(*frame_to((person.id,), mark_frame(conversation_id, marked=False)))
        if row["unread"] == 0:
            await notifications.mark_read(transaction, ["message"], conversation_id, person.id)
        return ReadState(row["ordinal"], row["unread"], 0 if two_sided else row["mentioned"])


async def move_back(database: Database, person: Card, conversation_id: UUID, ordinal: int) -> ReadState:
    """Lets what stands after an ordinal count as unread again, for this person alone: others see what they have seen.

    What was not read up to there stays as it is. Raises Invalid, UnknownConversation, and NotAMember for who has no
    position there.
    """
    if ordinal < 0:
        raise invalid("ordinal", "out_of_range", min=0, max=2**53)
    async with database.transaction() as transaction:
        state = await conversations.viewer_state(transaction, conversation_id, person.id)
        if state is None:
            raise UnknownConversation
        two_sided = state["kind"] in TWO_SIDED
        if two_sided:
            await read_through.take_turns(transaction, person.id)
            await read_through.forget(transaction, person.id)
        move = moving_back.move_back if two_sided else moving_back.move_back_as_member
        row = await move(transaction, conversation_id, person.id, min(ordinal, 2**53))
        if row is None:
            raise NotAMember
        if row["moved"]:
            transaction.announce(*_unread_frame(conversation_id, person.id, row, two_sided=two_sided))
        return ReadState(row["counted"], row["unread"], 0 if two_sided else row["mentioned"])


def _unread_frame(conversation_id: UUID, person_id: UUID, row: Any, *, two_sided: bool) -> list[Event]:
    """What the person's own connections are told when their position was moved back, or on again from there."""
    frame = {
        "type": "unread",
        "conversation": conversation_id,
        "ordinal": row["counted"],
        "unread": row["unread"],
        "mentioned": 0 if two_sided else row["mentioned"],
    }
    return frame_to((person_id,), frame)


async def forget_old_marks(database: Database) -> None:
    """Removes the steps of reading that are older than 90 days: when something so old was first seen nobody asks."""
    before = database.clock.now() - MARKS_KEPT
    while await reads.forget_old_marks(database, before, MARKS_AT_ONCE) == MARKS_AT_ONCE:
        pass


async def tell_typing(database: Database, person: Card, conversation_id: UUID) -> None:
    """Tells the others in a conversation that a person is writing; a stranger's hint, and one to many, is dropped."""
    state = await conversations.viewer_state(database, conversation_id, person.id)
    if state is None:
        return
    party = state["party_id"] if state["kind"] in TWO_SIDED else person.id
    if state["place_kind"] not in TWO_SIDED and (state["role"] is None or state["members"] > TOLD_OF_EACH_OTHER):
        return
    topics = live_topics(state["kind"], conversation_id, state["readers"])
    frame = {"type": "typing", "conversation": conversation_id, "party_id": party, "person": person}
    database.bus.publish(*frame_to(topics, frame))


def _readers_told(state: Any, conversation_id: UUID, person: Card) -> tuple[UUID, ...]:
    """Everybody in small conversations; in large ones that would be C² frames a message, so only one's own devices."""
    if state["members"] > TOLD_OF_EACH_OTHER:
        return (person.id,)
    return live_topics(state["kind"], conversation_id, state["readers"])
