"""Putting a conversation away, and taking it back."""

from uuid import UUID

from estafette.base import changes
from estafette.base.database import Database, Transaction
from estafette.conversations.actions.locking import lock, take_number
from estafette.conversations.actions.own_settings import put_away
from estafette.conversations.actions.viewing import conversation
from estafette.conversations.errors import NotAllowedHere, UnknownConversation
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.rules import MODERATING, WITH_MEMBERS
from estafette.conversations.store import conversations, groups


async def archive(database: Database, person_id: UUID, conversation_id: UUID) -> Conversation:
    """Archives a storefront's for the side the person acts for; the next message in it brings it back.

    A direct chat is put away for the person alone (`own_settings`). A group or channel is archived for everybody by who
    moderates it: it can be read, and nobody writes in it any more.
    Raises UnknownConversation, NotAllowedHere.
    """
    return await _set(database, person_id, conversation_id, archived=True)


async def restore(database: Database, person_id: UUID, conversation_id: UUID) -> Conversation:
    """Takes a conversation out of the archive."""
    return await _set(database, person_id, conversation_id, archived=False)


async def _set(database: Database, person_id: UUID, conversation_id: UUID, *, archived: bool) -> Conversation:
    async with database.transaction() as transaction:
        state = await conversations.viewer_state(transaction, conversation_id, person_id)
        if state is None:
            raise UnknownConversation
        if state["kind"] == "direct":
            await put_away(transaction, person_id, conversation_id, away=archived)
        elif state["kind"] == "storefront":
            await _set_for_side(transaction, person_id, conversation_id, state["party_id"], archived=archived)
        else:
            await _set_for_all(transaction, person_id, conversation_id, archived=archived)
    return await conversation(database, person_id, conversation_id)


async def _set_for_side(
    transaction: Transaction, person_id: UUID, conversation_id: UUID, party: UUID, *, archived: bool
) -> None:
    at = transaction.clock.now() if archived else None
    if await conversations.set_archived(transaction, conversation_id, party, person_id, at):
        kind = "conversation_archived" if archived else "conversation_restored"
        await changes.advance(transaction, party, kind, conversation_id)


async def _set_for_all(transaction: Transaction, person_id: UUID, conversation_id: UUID, *, archived: bool) -> None:
    place = await lock(transaction, person_id, conversation_id)
    if place.kind not in WITH_MEMBERS or place.role not in MODERATING:
        raise NotAllowedHere
    if await groups.set_archived(transaction, conversation_id, transaction.clock.now() if archived else None):
        await take_number(transaction, place, "conversation_changed", conversation_id)
