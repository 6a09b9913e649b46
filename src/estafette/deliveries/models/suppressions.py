"""Recipients who must not be written to on a channel."""

from datetime import datetime
from uuid import UUID

import msgspec

from estafette.deliveries.models.messages import Channel


class NewSuppression(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who must not be written to any more: a phone number with its plus sign, an e-mail address, or a subscription."""

    channel: Channel
    recipient: str
    reason: str = "asked"


class Suppression(msgspec.Struct, frozen=True, kw_only=True):
    """A recipient who is not written to on a channel; `by_person` is none when a gateway said so."""

    channel: Channel
    recipient: str
    reason: str
    at: datetime
    by_person: UUID | None = None
