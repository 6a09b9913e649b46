"""What clients write to the organisation, and what is done with it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from estafette.deliveries import InboundChannel

AnswerMeaning = Literal["message", "stop", "start", "automatic"]
"""stop and start: a word that ends messages on this channel, and one that has them back; automatic: nobody wrote it."""


class Answer(Struct, frozen=True, kw_only=True):
    """A message to us. `client_id` is None where nobody in the register has the address; times are UTC."""

    id: UUID
    client_id: UUID | None = None
    client: str | None = None
    channel: InboundChannel
    meaning: AnswerMeaning
    sender: str
    sender_name: str | None = None
    recipient: str
    subject: str | None = None
    text: str
    attachments: int = 0
    communication_id: UUID | None = None
    conversation_id: UUID | None = None
    received_at: datetime
    read_at: datetime | None = None


class Answers(Struct, frozen=True, kw_only=True):
    """A page of answers, newest first; `unread` of all of them, counted up to 1,000."""

    items: list[Answer]
    unread: int
    next: str | None = None


class AnswerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done with answers: the partner that gets those of clients with an account as messages of a conversation,
    and whether a word such as STOP is confirmed once."""

    partner_id: UUID | None = None
    confirms: bool = True


class Responses(Struct, frozen=True, kw_only=True):
    """What a communication led to on one channel: messages of people, and clients who ended messages after it."""

    channel: InboundChannel
    answers: int
    unsubscribed: int


class ResponseCounts(Struct, frozen=True, kw_only=True):
    """What a communication led to; a channel without anything is not named."""

    items: list[Responses]
