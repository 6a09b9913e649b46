"""Reads what became of messages, and judges by its time whether what is told may be believed."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from estafette.deliveries.models.messages import Kind, Receipt, ReceiptStatus
from estafette.deliveries.transports.whatsapp.answers import Error
from estafette.deliveries.transports.whatsapp.meanings import Meaning, meaning_of
from estafette.deliveries.transports.whatsapp.messages import UNREADABLE, moment

OLDEST: Final = timedelta(days=7)
"""Meta repeats for so long what was not taken; whatever is older was said before, and is said by somebody else."""
AHEAD: Final = timedelta(minutes=5)  # as far as clocks may differ
LONGEST_ID: Final = 300
WRONG_TIME: Final = "wrong_time"
STATUSES: Final[dict[str, ReceiptStatus]] = {
    "sent": "accepted",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
}


class _Status(msgspec.Struct, frozen=True):
    id: str = ""
    status: str = ""
    timestamp: str = ""
    biz_opaque_callback_data: str | None = None
    errors: list[Error] = []


def receipt_of(raw: bytes, now: datetime) -> Receipt:
    """What a status says of a message, with a fault when it is not understood or not believed."""
    try:
        said = msgspec.json.decode(raw, type=_Status)
    except UNREADABLE:
        return Receipt(body=raw, fault="not_understood")
    if not said.id or len(said.id) > LONGEST_ID:
        return Receipt(body=raw, fault="no_message_id")
    if said.status not in STATUSES:
        return Receipt(body=raw, fault="unknown_status")
    at = moment(said.timestamp)
    if not is_recent(at, now):
        return Receipt(body=raw, fault=WRONG_TIME, happened_at=at)
    status, named = STATUSES[said.status], said.biz_opaque_callback_data
    if status != "failed":
        return Receipt(body=raw, provider_id=said.id, own_name=named, status=status, happened_at=at)
    error = said.errors[0] if said.errors else Error()
    meaning = Meaning("undeliverable", kind="operator") if error.code is None else meaning_of(error.code)
    return Receipt(
        body=raw,
        provider_id=said.id,
        own_name=named,
        status=status,
        kind=_kind(meaning),
        code=meaning.code,
        reason=error.words or None,
        happened_at=at,
        suppress=meaning.suppress,
    )


def _kind(meaning: Meaning) -> Kind:
    # What has been taken and fails later has failed in the network, unless it is the gateway's own matter.
    return "operator" if meaning.code == "service_unavailable" else meaning.kind


def is_recent(at: datetime | None, now: datetime) -> bool:
    """Whether it happened within a week, and has happened at all."""
    return at is not None and now - OLDEST <= at <= now + AHEAD
