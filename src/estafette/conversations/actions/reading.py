"""Read positions and typing: state that is not logged, told to whoever looks."""

from uuid import UUID

from estafette import notifications
from estafette.accounts import Card
from estafette.base.bus import event
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.conversations.errors import UnknownConversation
from estafette.conversations.models import ReadState
from estafette.conversations.store import conversations, reads
from estafette.realtime import FRAME


async def mark_read(database: Database, person: Card, conversation_id: UUID, ordinal: int) -> ReadState:
    """Moves a person's read position forward to an ordinal; it never moves back, and not past the last message."""
    if ordinal < 0:
        raise invalid("ordinal", "out_of_range", min=0, max=2**53)
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        await notifications.lock_topics(transaction, [conversation_id], alone=False)
        row = await reads.mark(transaction, conversation_id, person.id, min(ordinal, 2**53), now)
        if row is None:
            raise UnknownConversation
        if row["moved"]:
            frame = {
                "type": "read",
                "conversation": conversation_id,
                "party_id": row["party_id"],
                "person": person,
                "ordinal": row["ordinal"],
                "at": now,
            }
            transaction.announce(event(FRAME, {"topics": row["parties"], "frame": frame}))
        if row["unread"] <= 0:
            await notifications.mark_read(transaction, ["message"], conversation_id, person.id)
        return ReadState(row["ordinal"], max(0, row["unread"]))


async def tell_typing(database: Database, person: Card, conversation_id: UUID) -> None:
    """Tells the others in a conversation that a person is writing; a stranger's hint is dropped."""
    state = await conversations.viewer_state(database, conversation_id, person.id)
    if state is None:
        return
    parties = (await conversations.parties(database, [conversation_id]))[conversation_id]
    frame = {"type": "typing", "conversation": conversation_id, "party_id": state["party_id"], "person": person}
    database.bus.publish(event(FRAME, {"topics": parties, "frame": frame}))
