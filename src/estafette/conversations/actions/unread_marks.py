"""Conversations that somebody marks unread, to come back to them: their own mark, which tells nobody else anything."""

from uuid import UUID

from estafette.base.database import Database
from estafette.conversations.actions.viewing import conversation
from estafette.conversations.errors import NotAMember, UnknownConversation
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.rules import TWO_SIDED
from estafette.conversations.store import conversations, unread_marks
from estafette.realtime import frame_to


async def mark_unread(database: Database, person_id: UUID, conversation_id: UUID) -> Conversation:
    """Marks a conversation unread for one person, until they read on in it; how far they have read stays as it is.

    Raises UnknownConversation, and NotAMember for who reads an open channel without being in it.
    """
    return await _set(database, person_id, conversation_id, marked=True)


async def unmark_unread(database: Database, person_id: UUID, conversation_id: UUID) -> Conversation:
    """Takes the mark away."""
    return await _set(database, person_id, conversation_id, marked=False)


async def _set(database: Database, person_id: UUID, conversation_id: UUID, *, marked: bool) -> Conversation:
    async with database.transaction() as transaction:
        state = await conversations.viewer_state(transaction, conversation_id, person_id)
        if state is None:
            raise UnknownConversation
        if state["kind"] not in TWO_SIDED and state["role"] is None and not state["follows"]:
            raise NotAMember
        change = unread_marks.add if marked else unread_marks.remove
        if await change(transaction, person_id, conversation_id, transaction.clock.now()):
            transaction.announce(*frame_to((person_id,), mark_frame(conversation_id, marked=marked)))
    return await conversation(database, person_id, conversation_id)


def mark_frame(conversation_id: UUID, *, marked: bool) -> dict[str, object]:
    """What the person's own connections are told."""
    return {"type": "unread_mark", "conversation": conversation_id, "marked": marked}
