"""What may be sent to deliveries, and in which bounds numbers in a query lie."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from estafette.accounts import SignedIn
from estafette.base.countries import regions
from estafette.base.errors import invalid
from estafette.base.phones import phone
from estafette.deliveries.models.deliveries import Encoding, Urgency
from estafette.deliveries.models.messages import Channel, Medium, Options
from estafette.http import Query

Hours = Annotated[int, Meta(ge=1, le=720), Query("Since how many hours ago")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]

URGENCIES: Final[dict[Urgency, int]] = {"urgent": 0, "normal": 1, "bulk": 2}
LONGEST_PREVIEW: Final = 10_000
_DIGITS: Final = 18


class DeliveryRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to send to whom: `to` is a phone number with its plus sign, an e-mail address, or a push subscription."""

    channel: Channel
    to: str
    sender: str = msgspec.field(default="", name="from")  # 3 to 15 characters, or an e-mail address
    text: str = ""
    subject: str | None = None  # of an e-mail, or the title of a push message
    html: str | None = None
    media: tuple[Medium, ...] = ()
    options: Options = Options()
    urgency: Urgency = "normal"
    send_at: Moment | None = None
    expires_at: Moment | None = None


class TextToMeasure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text message as it is being written."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST_PREVIEW)]


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """How much room a text takes; `left` is what still fits into the last segment."""

    encoding: Encoding
    segments: int
    characters: int
    left: int
    not_in_gsm7: list[str]  # what makes the segments shorter


def dialled(who: SignedIn, channel: Channel, recipient: str) -> str:
    """A recipient as the person meant it: by hand one may leave out the country code of one's own country.

    Programs, which come with a token, write whole numbers: what they leave out is a mistake.
    """
    if who.session_id is None or channel not in ("sms", "mms", "whatsapp"):
        return recipient
    return phone(recipient, regions(who.language, who.time_zone)) or recipient


def before_id(cursor: str | None) -> int | None:
    """The id that a page of deliveries came before; raises Invalid for a cursor that we have not given."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= _DIGITS):
        raise invalid("cursor", "unknown")
    return int(cursor)
