"""Saying again elsewhere what was said, with its files, under the name of who said it first."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from estafette.base.database import Database
from estafette.base.errors import Problem, invalid
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas
from estafette.conversations.actions.appending import append
from estafette.conversations.errors import MessageDeleted, UnknownConversation, UnknownMessage
from estafette.conversations.models.messages import Draft, Message
from estafette.conversations.store import conversations, forwards, messages

MOST_AT_ONCE: Final = 20


async def forward(
    database: Database, quotas: Quotas, person_id: UUID, conversation_id: UUID, message_id: UUID, to: Sequence[UUID]
) -> list[Message]:
    """Sends a message on to conversations in which the person may write: to all of them or, where one refuses, none.

    What was forwarded before keeps the name and time of who said it first. Raises Invalid, UnknownConversation,
    UnknownMessage, MessageDeleted, and what sending raises.
    """
    places = list(dict.fromkeys(to))
    if not places:
        raise invalid("conversations", "required")
    if len(places) > MOST_AT_ONCE:
        raise invalid("conversations", "too_many", max=MOST_AT_ONCE)
    quotas.check_disk()
    async with database.transaction() as transaction:
        if await conversations.viewer_state(transaction, conversation_id, person_id) is None:
            raise UnknownConversation
        message = (await messages.by_ids(transaction, [message_id])).get(message_id)
        if message is None or message.conversation_id != conversation_id:
            raise UnknownMessage
        if message.deleted_at is not None:
            raise MessageDeleted
        first = await forwards.origin(transaction, message_id)
        drafts = [
            Draft(
                id=new_id(),
                conversation_id=place,
                person_id=person_id,
                text=message.text,
                attachments=tuple(each.id for each in message.attachments),
                forwarded=first,
            )
            for place in places
        ]
        for outcome in await append(transaction, drafts, quotas):
            if isinstance(outcome, Problem):
                raise outcome
        sent = await messages.by_ids(transaction, [each.id for each in drafts], person_id)
        return [sent[each.id] for each in drafts]
