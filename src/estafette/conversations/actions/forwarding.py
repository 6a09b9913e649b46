"""Saying again elsewhere what was said, with its files, under the name of who said it first."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from estafette.base.database import Database
from estafette.base.errors import FieldError, Invalid, Problem, invalid
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas
from estafette.conversations.actions.appending import Outcome, append
from estafette.conversations.errors import (
    ConversationArchived,
    MessageDeleted,
    NotAllowedHere,
    NotAMember,
    OnlyReading,
    UnknownConversation,
    UnknownMessage,
)
from estafette.conversations.models.messages import Draft, Message
from estafette.conversations.rules import check_message
from estafette.conversations.store import conversations, forwards, messages

MOST_AT_ONCE: Final = 20
_OF_A_PLACE: Final = (UnknownConversation, NotAMember, OnlyReading, ConversationArchived, NotAllowedHere)
"""What one conversation refuses with; all else refuses the whole."""


async def forward(
    database: Database,
    quotas: Quotas,
    person_id: UUID,
    conversation_id: UUID,
    message_id: UUID,
    to: Sequence[UUID],
    text: str = "",
) -> list[Message]:
    """Sends a message on to conversations in which the person may write: to all of them or, where one refuses, none.

    A `text` of their own goes before it, as a message. What was forwarded before keeps the name and time of who said it
    first. Raises Invalid, which names each conversation that refused, UnknownConversation and UnknownMessage for the
    message, MessageDeleted, QuotaExceeded and DiskFull.
    """
    places = list(dict.fromkeys(to))
    if not places:
        raise invalid("conversations", "required")
    if len(places) > MOST_AT_ONCE:
        raise invalid("conversations", "too_many", max=MOST_AT_ONCE)
    if text:
        check_message(text, ())
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
        comments = [Draft(id=new_id(), conversation_id=place, person_id=person_id, text=text) for place in places]
        for each in (comments, drafts) if text else (drafts,):
            _require_all(to, dict(zip(places, await append(transaction, each, quotas), strict=True)))
        sent = await messages.by_ids(transaction, [each.id for each in drafts], person_id)
        return [sent[each.id] for each in drafts]


def _require_all(to: Sequence[UUID], outcomes: Mapping[UUID, Outcome]) -> None:
    refused: list[FieldError] = []
    for place, outcome in outcomes.items():
        if isinstance(outcome, _OF_A_PLACE):
            refused.append(FieldError(f"conversations[{to.index(place)}]", outcome.code))
        elif isinstance(outcome, Problem):
            raise outcome
    if refused:
        raise Invalid(*refused)
