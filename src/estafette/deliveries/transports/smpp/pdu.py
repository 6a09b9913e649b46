"""The frame of everything that SMPP 3.4 says: a length, a command, a status, a sequence number, and a body."""

from struct import Struct
from typing import Final, NamedTuple

GENERIC_NACK: Final = 0x8000_0000
BIND_TRANSCEIVER: Final = 0x0000_0009
UNBIND: Final = 0x0000_0006
SUBMIT_SM: Final = 0x0000_0004
DELIVER_SM: Final = 0x0000_0005
DATA_SM: Final = 0x0000_0103
ENQUIRE_LINK: Final = 0x0000_0015
OUTBIND: Final = 0x0000_000B
ALERT_NOTIFICATION: Final = 0x0000_0102
RESPONSE: Final = 0x8000_0000
"""The bit that tells a response from its request."""

OK: Final = 0x00
INVALID_COMMAND_LENGTH: Final = 0x02
INVALID_COMMAND: Final = 0x03
TEMPORARY_TROUBLE: Final = 0x64
"""ESME_RX_T_APPN: the receiver asks to be told again later."""

LARGEST: Final = 65_536
HEADER: Final = Struct(">IIII")


class Pdu(NamedTuple):
    """One unit of the protocol."""

    command: int
    status: int
    sequence: int
    body: bytes


class Malformed(Exception):
    """A PDU or a part of it that is not as the protocol has it."""


def framed(command: int, status: int, sequence: int, body: bytes = b"") -> bytes:
    """A PDU as octets."""
    return HEADER.pack(16 + len(body), command, status, sequence) + body


class Frames:
    """Cuts what arrives into PDUs and keeps what is not complete yet, at most one PDU of 64 kB."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes, into: list[Pdu]) -> None:
        """Adds the complete PDUs; raises Malformed at a length that cannot be, after those before it were added."""
        if self._rest:
            data = self._rest + data
        start, end = 0, len(data)
        while end - start >= 16:
            length, command, status, sequence = HEADER.unpack_from(data, start)
            if not 16 <= length <= LARGEST:
                self._rest = b""
                raise Malformed(f"a PDU of {length} octets")
            if end - start < length:
                break
            into.append(Pdu(command, status, sequence, data[start + 16 : start + length]))
            start += length
        self._rest = data[start:]


class Reader:
    """Reads the fields of a body in their order."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def octet(self) -> int:
        """A number of one octet; raises Malformed behind the end."""
        if self._at >= len(self._body):
            raise Malformed("a body that is too short")
        self._at += 1
        return self._body[self._at - 1]

    def octets(self, count: int) -> bytes:
        """So many octets; raises Malformed behind the end."""
        if self._at + count > len(self._body):
            raise Malformed("a body that is too short")
        self._at += count
        return self._body[self._at - count : self._at]

    def word(self, longest: int = 65) -> str:
        """A string that ends with a zero octet, at most so long; raises Malformed when it does not end there."""
        end = self._body.find(0, self._at, self._at + longest + 1)
        if end < 0:
            raise Malformed("a string that does not end")
        found = self._body[self._at : end].decode("latin-1")
        self._at = end + 1
        return found

    def rest(self) -> bytes:
        """What was not read yet."""
        return self._body[self._at :]
