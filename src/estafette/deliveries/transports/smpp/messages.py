"""A message as the bodies of submit_sm, one per segment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from estafette.deliveries.alphabet import encoded, encoding_of, segments
from estafette.deliveries.models.messages import ClaimedMessage, Refused
from estafette.deliveries.transports.smpp.bodies import Address, submit
from estafette.deliveries.transports.smpp.settings import Settings

MOST_SEGMENTS: Final = 255
_HAS_HEADER: Final = 0x40  # esm_class: the message begins with a user data header
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=30)


def bodies_of(claimed: ClaimedMessage, settings: Settings, now: datetime) -> list[bytes] | Refused:
    """The bodies of all segments, or why there can be none."""
    source = _source(claimed.sender, settings)
    if source is None:
        return _impossible("bad_sender", "The sender has characters that SMPP cannot carry, or more than 20")
    recipient = claimed.recipient.removeprefix("+")
    if not (recipient.isascii() and recipient.isdigit()) or len(recipient) > 20:
        return _impossible("bad_destination", "The destination is no number")
    encoding = encoding_of(claimed.text)
    header = 6 if settings.reference_bits == 8 else 7
    texts = segments(claimed.text, header)
    if len(texts) > MOST_SEGMENTS:
        return _impossible("message_too_long", "The message has more than 255 segments")
    destination = Address(settings.destination_ton, settings.destination_npi, recipient.encode("ascii"))
    header_of = _headers(claimed, len(texts), settings)
    return [
        submit(
            source,
            destination,
            header_of(ordinal) + encoded(text, encoding),
            esm_class=_HAS_HEADER if len(texts) > 1 else 0,
            priority=1 if claimed.urgency == 0 else 0,
            validity=_validity(claimed.expires_at, settings, now),
            data_coding=settings.gsm7_data_coding if encoding == "gsm7" else settings.ucs2_data_coding,
        )
        for ordinal, text in enumerate(texts, start=1)
    ]


def _source(sender: str, settings: Settings) -> Address | None:
    try:
        letters = sender.encode("latin-1")
    except UnicodeEncodeError:
        return None
    if len(letters) > 20 or b"\0" in letters:
        return None
    ton, npi = 5, 0  # a name; one of more than 11 letters is for the gateway to judge
    digits = sender.removeprefix("+")
    if not sender:
        ton, npi = 0, 0  # the gateway puts its own
    elif digits.isascii() and digits.isdigit():
        letters = digits.encode("ascii")
        # Short codes are known in their own network only.
        ton, npi = (3, 0) if len(digits) < 7 and digits == sender else (1, 1)
    return Address(
        ton if settings.source_ton is None else settings.source_ton,
        npi if settings.source_npi is None else settings.source_npi,
        letters,
    )


def _headers(claimed: ClaimedMessage, count: int, settings: Settings) -> Callable[[int], bytes]:
    """Headers by the ordinal of a segment: 3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8."""
    if count == 1:
        return lambda _: b""
    # The next message to the same phone has another one.
    reference = claimed.delivery_id + claimed.attempt - 1
    if settings.reference_bits == 8:
        return lambda ordinal: bytes((5, 0, 3, reference & 0xFF, count, ordinal))
    return lambda ordinal: bytes((6, 8, 4, reference >> 8 & 0xFF, reference & 0xFF, count, ordinal))


def _validity(expires_at: datetime, settings: Settings, now: datetime) -> bytes:
    """Until when the gateway shall try, in the two forms of SMPP 3.4, 7.1.1."""
    if settings.validity == "none":
        return b""
    left = min(_LONGEST, max(_SHORTEST, expires_at - now))
    if settings.validity == "absolute":
        return f"{(now + left).astimezone(UTC):%y%m%d%H%M%S}000+".encode()
    seconds = int(left.total_seconds())
    clock = f"{seconds // 86_400:02}{seconds // 3600 % 24:02}{seconds // 60 % 60:02}{seconds % 60:02}"
    return f"0000{clock}000R".encode()


def _impossible(code: str, reason: str) -> Refused:
    return Refused(kind="system", permanent=True, code=code, reason=reason)
