"""The wire format of document D2: its names, its types, nothing more than a status beside them."""

from datetime import datetime
from typing import Literal

import msgspec

from estafette.deliveries import Delivery, PublicStatus

TextType = Literal["SMS", "MMS"]


class TextMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message; times are whole seconds of UTC, written with `+00:00`."""

    created_at: str = msgspec.field(name="createAt")  # so in the document
    sender: str = msgspec.field(name="from")
    id: int
    message: str
    last_modified_at: str = msgspec.field(name="lastModifiedAt")
    to: int
    type: TextType
    status: PublicStatus


class TextMessages(msgspec.Struct, frozen=True, kw_only=True):
    """Messages of an account, oldest first; `count` is how many it has in all."""

    count: int
    items: list[TextMessage]


class TextMessageError(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong, as a text and a number that need not be the HTTP status."""

    error: str
    code: int


def wire_message(delivery: Delivery) -> TextMessage:
    """A delivery by SMS or MMS as the document shows it."""
    return TextMessage(
        created_at=_whole_seconds(delivery.created_at),
        sender=delivery.sender,
        id=delivery.id,
        message=delivery.text,
        last_modified_at=_whole_seconds(delivery.changed_at),
        to=int(delivery.recipient.removeprefix("+")),
        type="MMS" if delivery.channel == "mms" else "SMS",
        status=delivery.public_status,
    )


def _whole_seconds(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()
