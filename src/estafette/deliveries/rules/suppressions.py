"""Who can be kept from being written to: whoever could be written to."""

from datetime import datetime
from typing import Final
from uuid import UUID

from estafette.base.errors import FieldError, Invalid
from estafette.base.visible import is_visible
from estafette.deliveries.models.deliveries import NewDelivery
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.models.suppressions import NewSuppression
from estafette.deliveries.rules.checking import check

REASON_CHARACTERS: Final = 200
_UNDELIVERABLE: Final = frozenset({"bad_destination", "complained"})
_NOBODY: Final = UUID(int=0)


def check_suppression(given: NewSuppression, now: datetime) -> tuple[str, str]:
    """The recipient in the form that is compared, and the reason; raises Invalid."""
    wrong: list[FieldError] = []
    reason = " ".join(given.reason.split())
    if not is_visible(reason):
        wrong.append(FieldError("reason", "required"))
    elif len(reason) > REASON_CHARACTERS:
        wrong.append(FieldError("reason", "too_long", {"max": REASON_CHARACTERS}))
    elif not reason.isprintable():
        wrong.append(FieldError("reason", "forbidden_character"))
    recipient = given.recipient
    try:
        recipient = compared(given.channel, recipient, now)
    except Invalid as error:
        wrong += [FieldError("recipient", each.code, each.values) for each in error.fields if each.field == "to"]
    if wrong:
        raise Invalid(*wrong)
    return recipient, reason


def compared(channel: Channel, recipient: str, now: datetime) -> str:
    """A recipient as the list holds it: a number in E.164, everything else in small letters; raises Invalid."""
    subject = None if channel in ("sms", "mms", "whatsapp") else "-"
    like = NewDelivery(owner_id=_NOBODY, channel=channel, sender="", recipient=recipient, text="-", subject=subject)
    return check(like, now).recipient.lower()


def suppresses(channel: Channel, code: str | None) -> bool:
    """Whether a receipt means that nobody should write there again: no such mailbox, or its owner calls us spam."""
    return channel == "email" and code in _UNDELIVERABLE
