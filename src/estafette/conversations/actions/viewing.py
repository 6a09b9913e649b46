"""Looking: lists of conversations, one conversation, its history and its changes."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from estafette import accounts
from estafette.accounts import Card, SignedIn
from estafette.base.database import Database, one
from estafette.conversations.actions.presenting import by_ids
from estafette.conversations.errors import UnknownConversation, UnknownMessage
from estafette.conversations.models.changes import Change, Changes
from estafette.conversations.models.conversations import (
    Conversation,
    CustomerDetails,
    StorefrontConversation,
    Unread,
    UnreadChats,
)
from estafette.conversations.models.messages import History, Message, Seen
from estafette.conversations.rules import TAKEN_BACK_TOLD, TWO_SIDED
from estafette.conversations.store import changes, conversations, member_reads, messages, openings, reads
from estafette.conversations.store.completing import complete

SEEN_BY: Final = 100


async def conversation(database: Database, person_id: UUID, conversation_id: UUID) -> Conversation:
    """One conversation as a person sees it; raises UnknownConversation."""
    found = await by_ids(database, person_id, [conversation_id])
    if not found:
        raise UnknownConversation
    return found[0]


async def conversation_with(database: Database, customer_id: UUID, partner_id: UUID) -> Conversation:
    """The customer's conversation with a partner; raises UnknownConversation."""
    found = await openings.find_storefront(database, customer_id, partner_id)
    if found is None:
        raise UnknownConversation
    return await conversation(database, customer_id, found)


async def customer_of(database: Database, person_id: UUID, conversation_id: UUID) -> CustomerDetails:
    """What helps to answer the customer of a storefront conversation; raises UnknownConversation for all others."""
    found = await conversation(database, person_id, conversation_id)
    if not isinstance(found, StorefrontConversation):
        raise UnknownConversation
    customer = (await accounts.contacts(database, [found.customer.id])).get(found.customer.id)
    return CustomerDetails(customer.language, customer.time_zone) if customer else CustomerDetails(None, None)


async def unread_counts(database: Database, person_id: UUID) -> list[Unread]:
    """What is unread on each side the person acts for."""
    return [
        Unread(
            "customer" if row["party_id"] == person_id else str(row["party_id"]), row["conversations"], row["messages"]
        )
        for row in await conversations.count_unread(database, person_id)
    ]


async def unread_chats(database: Database, person: SignedIn) -> UnreadChats | None:
    """What is unread among colleagues; None for who is no employee."""
    if "employee" not in person.roles:
        return None
    row = one(await member_reads.count_unread(database, person.person_id))
    return UnreadChats(row["conversations"], row["messages"], row["mentioned"])


async def history(
    database: Database,
    person_id: UUID,
    conversation_id: UUID,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    since: datetime | None = None,
    limit: int = 50,
) -> History:
    """A run of messages, oldest first: the newest, or those before, after or around an ordinal.

    With `since` around the first message at or after a time, or the last one of all.
    """
    if after is None and around is None and since is None:
        found = await messages.page(database, conversation_id, person_id, before, limit)
        if not found:
            raise UnknownConversation
        said = [row for row in found if row["id"] is not None]
        return _history(await complete(database, said, person_id), found[0])
    state = await conversations.viewer_state(database, conversation_id, person_id)
    if state is None:
        raise UnknownConversation
    if since is not None:
        first = await messages.first_since(database, conversation_id, state["last_ordinal"], since)
        around = min(first, state["last_ordinal"])
    # The number is read before the messages: whoever applies the changes after it misses nothing.
    items: list[Message]
    if after is not None and since is None:
        items = await messages.after(database, conversation_id, after, limit, person_id)
    else:
        around = around or 0
        half = limit // 2
        older = await messages.before(database, conversation_id, around + 1, limit - half, person_id)
        newer = await messages.after(database, conversation_id, around, half, person_id)
        items = [*reversed(older), *newer]
    return _history(items, state, around)


def _history(items: list[Message], state: Any, around: int | None = None) -> History:
    last: int = state["last_ordinal"]
    return History(items=items, first_ordinal=1 if last else 0, last_ordinal=last, number=state["head"], around=around)


async def changes_after(database: Database, person_id: UUID, conversation_id: UUID, after: int, limit: int) -> Changes:
    """What changed after a number, at most `limit` changes; `head` tells whether there is more."""
    state = await conversations.viewer_state(database, conversation_id, person_id)
    if state is None:
        raise UnknownConversation
    head: int = state["head"]
    until = min(head, after + limit)
    found: dict[UUID, list[Change]] = {}
    if until > after:
        forgotten = database.clock.now() - TAKEN_BACK_TOLD
        found = await changes.between(database, [(conversation_id, after, until)], forgotten, person_id)
    return Changes(
        conversation_id=conversation_id,
        after=after,
        until=max(until, after) if after <= head else head,
        head=head,
        changes=found.get(conversation_id, []),
    )


async def may_read(database: Database, person_id: UUID, conversation_id: UUID) -> bool:
    """Whether a person may read a conversation."""
    return await conversations.viewer_state(database, conversation_id, person_id) is not None


async def seen_by(database: Database, person_id: UUID, conversation_id: UUID, message_id: UUID) -> list[Seen]:
    """Who else has seen a message, and when: of the other side when first, in groups when they last read."""
    state = await conversations.viewer_state(database, conversation_id, person_id)
    if state is None:
        raise UnknownConversation
    found = (await messages.by_ids(database, [message_id])).get(message_id)
    if found is None or found.conversation_id != conversation_id:
        raise UnknownMessage
    if state["kind"] in TWO_SIDED:
        return await reads.seen_by(database, conversation_id, found.ordinal, found.party_id)
    return [
        Seen(Card(id=row["person_id"], name=row["name"], picture=row["picture"]), row["person_id"], row["at"])
        for row in await member_reads.seen_by(database, conversation_id, found.ordinal, found.party_id, SEEN_BY)
    ]


async def ordinal_of(database: Database, conversation_id: UUID, message_id: UUID) -> int:
    """The ordinal of a message of a conversation, of which nothing else is told; raises UnknownMessage."""
    found = await messages.ordinal_of(database, conversation_id, message_id)
    if found is None:
        raise UnknownMessage
    return found


async def read_by_others(database: Database, conversation_id: UUID) -> dict[UUID, int]:
    """How far each party has read; for callers that have established that the person may see the conversation."""
    return await reads.others_read(database, conversation_id)
