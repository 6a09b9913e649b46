"""Messages to us: what a deliver_sm or data_sm holds that is no receipt, with the header of a long one."""

from typing import Final, NamedTuple

from estafette.deliveries.alphabet import decoded
from estafette.deliveries.models.inbound import InboundMessage, Segment
from estafette.deliveries.transports.smpp import tlv
from estafette.deliveries.transports.smpp.bodies import Delivered

_HAS_HEADER: Final = 0x40  # esm_class: the message begins with a user data header
_INTERNATIONAL: Final = 1  # type of number
# Elements of the header that number segments (3GPP TS 23.040, 9.2.3.24): with a reference of 8 or 16 bits.
_SHORT_REFERENCE, _LONG_REFERENCE = 0x00, 0x08
_CODINGS: Final = {1: "ascii", 3: "latin-1", 5: "shift_jis", 6: "iso8859-5", 7: "iso8859-8", 8: "utf-16-be"}
_BINARY: Final = (2, 4)


class _Parted(NamedTuple):
    segment: Segment | None
    message: bytes


def message_of(delivered: Delivered, body: bytes) -> InboundMessage:
    """The message; a picture or another thing that is no text has none, and is kept as it came."""
    parted = _parted(delivered)
    digits = delivered.source.removeprefix("+")
    return InboundMessage(
        body=body,
        channel="sms",
        sender=f"+{digits}" if delivered.source_ton == _INTERNATIONAL and digits.isdigit() else delivered.source,
        recipient=delivered.destination,
        text=_text(delivered.data_coding, parted.message),
        segment=parted.segment or _by_parameters(delivered),
    )


def _text(data_coding: int, message: bytes) -> str:
    # Message classes (0xF0 to 0xFF) and groups of the general scheme below 0x40 name the alphabet in two bits.
    if data_coding >= 0xF0:
        data_coding = 4 if data_coding & 0x04 else 0
    elif 0x10 <= data_coding < 0x40:
        data_coding = (0, 4, 8, 8)[data_coding >> 2 & 3]
    if data_coding in _BINARY:
        return ""
    if data_coding in _CODINGS:
        return message.decode(_CODINGS[data_coding], "replace")
    return decoded(message)


def _parted(delivered: Delivered) -> _Parted:
    """The segment that the header tells, and what stands behind the header."""
    message = delivered.message
    if not delivered.esm_class & _HAS_HEADER or not message:
        return _Parted(None, message)
    header, rest = message[1 : 1 + message[0]], message[1 + message[0] :]
    at = 0
    while at + 2 <= len(header):
        kind, length = header[at], header[at + 1]
        value = header[at + 2 : at + 2 + length]
        if (kind, len(value)) in ((_SHORT_REFERENCE, 3), (_LONG_REFERENCE, 4)):
            return _Parted(_segment(int.from_bytes(value[:-2]), value[-2], value[-1]), rest)
        at += 2 + length
    return _Parted(None, rest)


def _by_parameters(delivered: Delivered) -> Segment | None:
    reference, of, number = (
        int.from_bytes(delivered.parameters.get(tag, b"")[:2])
        for tag in (tlv.SAR_REFERENCE, tlv.SAR_SEGMENTS, tlv.SAR_NUMBER)
    )
    return _segment(reference, of, number)


def _segment(reference: int, of: int, number: int) -> Segment | None:
    """A segment of several; None for a message alone, and for numbers that cannot be."""
    return Segment(reference=reference, number=number, of=of) if 1 < of < 256 and 1 <= number <= of else None
