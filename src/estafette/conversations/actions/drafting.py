"""Drafts: what a person has begun to write, the same on all their devices; the last writer is who saw the last one."""

from typing import Final
from uuid import UUID

from estafette.base.bus import Event
from estafette.base.database import Database
from estafette.conversations.errors import DraftChanged, UnknownConversation
from estafette.conversations.models.drafts import DraftPut, SavedDraft, SavedDrafts
from estafette.conversations.rules import check_message
from estafette.conversations.store import conversations
from estafette.conversations.store import drafts as store
from estafette.realtime import frame_to

SHOWN: Final = 500


async def save_draft(database: Database, person_id: UUID, conversation_id: UUID, draft: DraftPut) -> SavedDraft:
    """Keeps what is written so far; raises Invalid, UnknownConversation, and DraftChanged for who saw an older one."""
    check_message(draft.text, (), mentions=draft.mentions)
    async with database.transaction() as transaction:
        if await conversations.viewer_state(transaction, conversation_id, person_id) is None:
            raise UnknownConversation
        saved = await store.put(transaction, person_id, conversation_id, draft, transaction.clock.now())
        if saved is None:
            raise DraftChanged
        transaction.announce(*draft_frame(person_id, conversation_id, saved.revision))
        return saved


async def discard_draft(database: Database, person_id: UUID, conversation_id: UUID, revision: int) -> None:
    """Takes a draft away, unless a newer one than was seen is there; raises UnknownConversation."""
    async with database.transaction() as transaction:
        if await conversations.viewer_state(transaction, conversation_id, person_id) is None:
            raise UnknownConversation
        if await store.remove(transaction, person_id, conversation_id, revision):
            transaction.announce(*draft_frame(person_id, conversation_id, 0))


async def drafts(database: Database, person_id: UUID, conversation_id: UUID | None) -> SavedDrafts:
    """What a person has begun to write, in all conversations or in one, the newest first; 500 at most."""
    return SavedDrafts(await store.own(database, person_id, conversation_id, SHOWN))


def draft_frame(person_id: UUID, conversation_id: UUID, revision: int) -> list[Event]:
    """Tells a person's own devices which draft is there now, 0 for none; its words are asked for."""
    frame = {"type": "draft", "conversation": conversation_id, "revision": revision}
    return frame_to((person_id,), frame)
