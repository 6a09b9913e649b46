"""The bodies of those PDUs that carry something."""

from typing import NamedTuple

from estafette.deliveries.transports.smpp.pdu import Reader
from estafette.deliveries.transports.smpp.tlv import MESSAGE_PAYLOAD, decode_parameters

VERSION_3_4 = 0x34


class Address(NamedTuple):
    """A number or a name with its type (TON) and its numbering plan (NPI)."""

    ton: int
    npi: int
    digits: bytes  # without zero octets, at most 20


class Delivered(NamedTuple):
    """What a gateway hands over, by deliver_sm or by data_sm."""

    source: str
    destination: str
    esm_class: int
    data_coding: int
    message: bytes
    parameters: dict[int, bytes]
    source_ton: int = 0


def bind(system_id: str, password: str, system_type: str) -> bytes:
    """The body of bind_transceiver; all addresses are ours."""
    words = b"".join(word.encode("latin-1") + b"\0" for word in (system_id, password, system_type))
    return words + bytes((VERSION_3_4, 0, 0, 0))


def submit(
    source: Address,
    destination: Address,
    message: bytes,
    *,
    esm_class: int = 0,
    priority: int = 0,
    validity: bytes = b"",
    data_coding: int = 0,
) -> bytes:
    """The body of submit_sm, which asks for a receipt of the final status; `message` has at most 254 octets."""
    return b"".join(
        (
            bytes((0, source.ton, source.npi)),
            source.digits,
            bytes((0, destination.ton, destination.npi)),
            destination.digits,
            # No protocol of its own, not scheduled.
            bytes((0, esm_class, 0, priority, 0)),
            validity,
            bytes((0, 1, 0, data_coding, 0, len(message))),
            message,
        )
    )


def read_deliver(body: bytes) -> Delivered:
    """The body of deliver_sm; raises Malformed."""
    reader = Reader(body)
    source_ton, source, destination, esm_class = _head(reader)
    reader.octets(2)
    reader.word()
    reader.word()
    reader.octets(2)
    data_coding = reader.octet()
    reader.octet()
    message = reader.octets(reader.octet())
    parameters = decode_parameters(reader.rest())
    message = message or parameters.get(MESSAGE_PAYLOAD, b"")
    return Delivered(source, destination, esm_class, data_coding, message, parameters, source_ton)


def read_data(body: bytes) -> Delivered:
    """The body of data_sm, whose message is a parameter; raises Malformed."""
    reader = Reader(body)
    source_ton, source, destination, esm_class = _head(reader)
    reader.octet()
    data_coding = reader.octet()
    parameters = decode_parameters(reader.rest())
    message = parameters.get(MESSAGE_PAYLOAD, b"")
    return Delivered(source, destination, esm_class, data_coding, message, parameters, source_ton)


def read_message_id(body: bytes) -> str:
    """The id in an answer to submit_sm, "" when there is none; not every gateway ends it with a zero octet."""
    return body.partition(b"\0")[0].decode("latin-1").strip()


def _head(reader: Reader) -> tuple[int, str, str, int]:
    # Service type, source, destination; their lengths are read more generously than SMPP allows them.
    reader.word()
    source_ton, _ = reader.octets(2)
    source = reader.word()
    reader.octets(2)
    return source_ton, source, reader.word(), reader.octet()
