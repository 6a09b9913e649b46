"""What happened, as the capabilities above hand it over: whom it concerns and what it is about."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

Kind = Literal["message", "contact_request", "contact_request_assigned", "reminder", "scheduled_message_failed"]
OutgoingChannel = Literal["push", "email", "sms", "whatsapp"]
"""The channels that leave the server; the bell in the app is the step before them."""

KINDS: Final[tuple[Kind, ...]] = (
    "message",
    "contact_request",
    "contact_request_assigned",
    "reminder",
    "scheduled_message_failed",
)
OUTGOING_CHANNELS: Final[tuple[OutgoingChannel, ...]] = ("push", "email", "sms", "whatsapp")


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to notify a party of: a person, or a partner of which those are told whom it has chosen.

    `number` counts what happens in a topic, such as the ordinals of messages; 0 where nothing is counted. An urgent
    one passes quiet hours.
    """

    party_id: UUID
    topic_id: UUID
    at: datetime
    number: int = 0
    urgent: bool = False
