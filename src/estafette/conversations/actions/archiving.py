"""Putting a conversation away for one's side, and taking it back."""

from uuid import UUID

from estafette.base import changes
from estafette.base.database import Database
from estafette.conversations.actions.viewing import conversation
from estafette.conversations.errors import UnknownConversation
from estafette.conversations.models import Conversation
from estafette.conversations.store import conversations


async def archive(database: Database, person_id: UUID, conversation_id: UUID) -> Conversation:
    """Archives a conversation for the side the person acts for; the next message in it brings it back."""
    return await _set(database, person_id, conversation_id, archived=True)


async def restore(database: Database, person_id: UUID, conversation_id: UUID) -> Conversation:
    """Takes a conversation out of the archive."""
    return await _set(database, person_id, conversation_id, archived=False)


async def _set(database: Database, person_id: UUID, conversation_id: UUID, *, archived: bool) -> Conversation:
    async with database.transaction() as transaction:
        state = await conversations.viewer_state(transaction, conversation_id, person_id)
        if state is None:
            raise UnknownConversation
        party: UUID = state["party_id"]
        at = transaction.clock.now() if archived else None
        if await conversations.set_archived(transaction, conversation_id, party, person_id, at):
            kind = "conversation_archived" if archived else "conversation_restored"
            await changes.advance(transaction, party, kind, conversation_id)
    return await conversation(database, person_id, conversation_id)
