"""Optional parameters: a tag, a length and a value, behind the fields that every body has."""

from collections.abc import Mapping
from struct import Struct
from typing import Final

from estafette.deliveries.transports.smpp.pdu import Malformed

RECEIPTED_MESSAGE_ID: Final = 0x001E
SAR_REFERENCE: Final = 0x020C
SAR_SEGMENTS: Final = 0x020E
SAR_NUMBER: Final = 0x020F
NETWORK_ERROR_CODE: Final = 0x0423
MESSAGE_PAYLOAD: Final = 0x0424
MESSAGE_STATE: Final = 0x0427
SC_INTERFACE_VERSION: Final = 0x0210
_HEADER: Final = Struct(">HH")


def encode_parameters(parameters: Mapping[int, bytes]) -> bytes:
    """Parameters as octets, in their order."""
    return b"".join(_HEADER.pack(tag, len(value)) + value for tag, value in parameters.items())


def decode_parameters(octets: bytes) -> dict[int, bytes]:
    """Parameters by their tags, the first of each; raises Malformed when one is cut off."""
    found: dict[int, bytes] = {}
    at = 0
    while at < len(octets):
        if len(octets) - at < 4:
            raise Malformed("an optional parameter that is cut off")
        tag, length = _HEADER.unpack_from(octets, at)
        at += 4 + length
        if at > len(octets):
            raise Malformed("an optional parameter that is cut off")
        found.setdefault(tag, octets[at - length : at])
    return found
