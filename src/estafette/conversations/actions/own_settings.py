"""What people settle for themselves about their chats: favourites, what they hear of, what is put away."""

from uuid import UUID

from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid
from estafette.conversations.actions.presenting import by_ids
from estafette.conversations.errors import NotAllowedHere, NotAMember, UnknownConversation
from estafette.conversations.models.conversations import (
    ChatConversation,
    Conversation,
    StorefrontConversation,
    ThreadConversation,
)
from estafette.conversations.models.groups import Level
from estafette.conversations.store import conversations, memberships, own_settings
from estafette.realtime import frame_to


async def set_favourite(database: Database, person_id: UUID, conversation_id: UUID, *, favourite: bool) -> Conversation:
    """Keeps a chat among a person's favourites, or no longer.

    Raises UnknownConversation, NotAMember, and NotAllowedHere for a storefront's.
    """
    async with database.transaction() as transaction:
        await _chat_of(transaction, person_id, conversation_id)
        at = transaction.clock.now() if favourite else None
        await own_settings.set_favourite(transaction, person_id, conversation_id, at)
        return await _tell(transaction, person_id, conversation_id)


async def set_put_away(database: Database, person_id: UUID, conversation_id: UUID, *, away: bool) -> Conversation:
    """Puts a chat away for one person until somebody writes in it, or takes it back; a muted one stays away.

    Raises UnknownConversation, NotAMember, NotAllowedHere.
    """
    async with database.transaction() as transaction:
        await _chat_of(transaction, person_id, conversation_id)
        return await put_away(transaction, person_id, conversation_id, away=away)


async def put_away(transaction: Transaction, person_id: UUID, conversation_id: UUID, *, away: bool) -> ChatConversation:
    """The same within a transaction, for a chat that the person is known to be in."""
    at = transaction.clock.now() if away else None
    await own_settings.set_put_away(transaction, person_id, conversation_id, at)
    return await _tell(transaction, person_id, conversation_id)


async def set_level(database: Database, person_id: UUID, conversation_id: UUID, level: Level) -> Conversation:
    """Of which messages a person wants to be notified: in a direct chat of all or nothing; of a thread who follows it.

    Raises UnknownConversation, NotAMember, NotAllowedHere, and Invalid for mentions in a direct chat.
    """
    async with database.transaction() as transaction:
        kind = await _chat_of(transaction, person_id, conversation_id, or_thread=True)
        if kind == "direct":
            if level == "mentions":
                raise invalid("level", "only_among_several")
            at = transaction.clock.now() if level == "nothing" else None
            await own_settings.set_muted(transaction, person_id, conversation_id, at)
        elif not await memberships.set_level(transaction, conversation_id, person_id, level):
            raise NotAMember
        if kind == "thread":
            return (await by_ids(transaction, person_id, [conversation_id]))[0]
        return await _tell(transaction, person_id, conversation_id)


async def _tell(transaction: Transaction, person_id: UUID, conversation_id: UUID) -> ChatConversation:
    """Tells the person's own connections how a chat is settled now, and returns it."""
    [found] = await by_ids(transaction, person_id, [conversation_id])
    if isinstance(found, StorefrontConversation | ThreadConversation):
        raise NotAllowedHere
    frame = {
        "type": "own_settings",
        "conversation": conversation_id,
        "favourite": found.favourite,
        "level": found.my_level,
        "put_away_at": found.put_away_at,
    }
    transaction.announce(*frame_to((person_id,), frame))
    return found


async def _chat_of(transaction: Transaction, person_id: UUID, conversation_id: UUID, *, or_thread: bool = False) -> str:
    """The kind of a direct chat, group or channel that a person is in, or of a thread that they may read."""
    state = await conversations.viewer_state(transaction, conversation_id, person_id)
    if state is None:
        raise UnknownConversation
    if state["kind"] == "thread" and or_thread:
        return "thread"
    if state["kind"] in ("storefront", "thread"):
        raise NotAllowedHere
    if state["kind"] != "direct" and state["role"] is None:
        raise NotAMember
    return state["kind"]
