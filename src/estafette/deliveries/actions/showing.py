"""Deliveries from rows and back."""

from typing import Any, Final, get_args

import msgspec

from estafette.deliveries.models.deliveries import Delivery, Urgency
from estafette.deliveries.models.messages import Medium, Options
from estafette.deliveries.rules.statuses import public_status

URGENCIES: Final[tuple[Urgency, ...]] = get_args(Urgency)


def delivery(row: Any) -> Delivery:
    """A delivery from a row with all columns of the table that people may see."""
    return Delivery(
        id=row["id"],
        channel=row["channel"],
        sender=row["sender"],
        recipient=row["recipient"],
        text=row["text"],
        subject=row["subject"],
        html=row["html"],
        media=media(row["media"]),
        options=options(row["options"]),
        urgency=URGENCIES[row["urgency"]],
        encoding=row["encoding"],
        segments=row["segments"],
        status=row["status"],
        public_status=public_status(row["status"], row["reason"]),
        reason=row["reason"],
        sequence=row["events"],
        attempts=row["attempts"],
        gateway_id=row["gateway_id"],
        key=row["key"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        send_at=row["send_at"],
        expires_at=row["expires_at"],
    )


def media(stored: Any) -> tuple[Medium, ...]:
    """The pictures of an MMS from its column."""
    return msgspec.convert(stored, tuple[Medium, ...]) if stored else ()


def options(stored: Any) -> Options:
    """The options from their column."""
    return msgspec.convert(stored, Options) if stored else Options()
