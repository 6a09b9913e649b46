"""What we write and read, judged by two packages that speak SMPP, too."""

import io
import struct
from typing import Any

import pytest
import smpp34
import smpplib.smpp
from hypothesis import given
from hypothesis import strategies as st
from smpplib.client import SimpleSequenceGenerator

from estafette.deliveries.transports.smpp import bodies, pdu, tlv
from estafette.deliveries.transports.smpp.bodies import Address

OCTET = st.integers(0, 255)
# What an address may hold: the judges read ASCII only.
DIGITS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20).map(str.encode)
MESSAGE = st.binary(max_size=254)
SEQUENCE = st.integers(1, 0x7FFF_FFFF)
RELATIVE_TIMES = st.integers(0, 28).map(lambda days: f"0000{days:02}120000000R".encode())
ADDRESS = st.builds(Address, OCTET, OCTET, DIGITS)
PARAMETERS = st.dictionaries(
    st.sampled_from([tlv.RECEIPTED_MESSAGE_ID, tlv.NETWORK_ERROR_CODE, tlv.MESSAGE_STATE, 0x1400, 0x3FFF]),
    st.binary(min_size=1, max_size=60),
)


@given(SEQUENCE, ADDRESS, ADDRESS, MESSAGE, OCTET, st.integers(0, 3), RELATIVE_TIMES, OCTET)
def test_a_submission_is_read_by_others_as_it_was_meant(
    sequence: int,
    source: Address,
    destination: Address,
    message: bytes,
    esm_class: int,
    priority: int,
    validity: bytes,
    data_coding: int,
) -> None:
    body = bodies.submit(
        source,
        destination,
        message,
        esm_class=esm_class,
        priority=priority,
        validity=validity,
        data_coding=data_coding,
    )
    octets = pdu.framed(pdu.SUBMIT_SM, 0, sequence, body)
    read = smpp34.decode(octets)
    assert isinstance(read, smpp34.SubmitSm)
    assert read.sequence_number == sequence
    assert (read.source_addr_ton, read.source_addr_npi, read.source_addr.encode()) == source
    assert (read.dest_addr_ton, read.dest_addr_npi, read.destination_addr.encode()) == destination
    assert (read.short_message, read.esm_class, read.data_coding) == (message, esm_class, data_coding)
    assert (read.priority_flag, read.validity_period.encode(), read.registered_delivery) == (priority, validity, 1)
    assert (read.service_type, read.protocol_id, read.schedule_delivery_time, read.tlvs) == ("", 0, "", [])
    other: Any = judged(octets)
    assert (other.sequence, other.source_addr, other.destination_addr) == (sequence, source.digits, destination.digits)
    assert (other.short_message or b"", other.validity_period) == (message, validity)


@given(SEQUENCE, DIGITS, DIGITS, MESSAGE, OCTET, OCTET, PARAMETERS)
def test_what_others_deliver_is_read_as_it_was_meant(
    sequence: int,
    source: bytes,
    destination: bytes,
    message: bytes,
    esm_class: int,
    data_coding: int,
    parameters: dict[int, bytes],
) -> None:
    written = smpp34.DeliverSm(
        source.decode(),
        destination.decode(),
        message,
        service_type="CMT",
        esm_class=esm_class,
        data_coding=data_coding,
        tlvs=[smpp34.Tlv(tag, value) for tag, value in parameters.items()],
        sequence_number=sequence,
    ).encode()
    (received,) = frames(written)
    assert (received.command, received.status, received.sequence) == (pdu.DELIVER_SM, 0, sequence)
    read = bodies.read_deliver(received.body)
    assert (read.source.encode(), read.destination.encode(), read.message) == (source, destination, message)
    assert (read.esm_class, read.data_coding, read.parameters) == (esm_class, data_coding, parameters)


@given(st.binary(min_size=1, max_size=2000))
def test_a_message_beside_the_body_is_read_when_the_body_has_none(payload: bytes) -> None:
    parameters = [smpp34.Tlv(tlv.MESSAGE_PAYLOAD, payload)]
    written = smpp34.DeliverSm("1", "2", b"", tlvs=parameters, sequence_number=1).encode()
    assert bodies.read_deliver(written[16:]).message == payload


def test_a_bind_is_read_by_others_as_it_was_meant() -> None:
    octets = pdu.framed(pdu.BIND_TRANSCEIVER, 0, 7, bodies.bind("estafette", "secret", "VMA"))
    read: Any = judged(octets)
    assert (read.command, read.sequence) == ("bind_transceiver", 7)
    assert (read.system_id, read.password, read.system_type) == (b"estafette", b"secret", b"VMA")
    assert (read.interface_version, read.addr_ton, read.addr_npi, read.address_range) == (0x34, 0, 0, b"")


@pytest.mark.parametrize(
    ("command", "name"),
    [(pdu.ENQUIRE_LINK, "enquire_link"), (pdu.UNBIND, "unbind"), (pdu.GENERIC_NACK, "generic_nack")],
)
def test_what_has_no_body_is_known_to_others_by_its_name(command: int, name: str) -> None:
    read: Any = judged(pdu.framed(command, 0, 3))
    assert (read.command, read.sequence) == (name, 3)


@given(st.lists(st.tuples(OCTET, SEQUENCE, st.binary(max_size=300)), max_size=20), st.integers(1, 50))
def test_pdus_are_whole_however_they_are_cut_on_their_way(written: list[tuple[int, int, bytes]], size: int) -> None:
    octets = b"".join(pdu.framed(command, 0, sequence, body) for command, sequence, body in written)
    reader, whole = pdu.Frames(), list[pdu.Pdu]()
    stream = io.BytesIO(octets)
    while piece := stream.read(size):
        reader.feed(piece, whole)
    assert [(each.command, each.sequence, each.body) for each in whole] == written


@pytest.mark.parametrize("length", [0, 15, 65_537, 0xFFFF_FFFF])
def test_a_length_that_cannot_be_ends_the_reading_after_what_came_before(length: int) -> None:
    whole: list[pdu.Pdu] = []
    octets = pdu.framed(pdu.ENQUIRE_LINK, 0, 1) + struct.pack(">IIII", length, 0, 0, 2)
    with pytest.raises(pdu.Malformed, match=f"a PDU of {length} octets"):
        pdu.Frames().feed(octets, whole)
    assert [each.sequence for each in whole] == [1]


@given(st.binary(max_size=400))
def test_noise_is_malformed_and_nothing_worse(noise: bytes) -> None:
    for read in (bodies.read_deliver, bodies.read_data, tlv.decode_parameters):
        try:
            read(noise)
        except pdu.Malformed:
            continue
    bodies.read_message_id(noise)


@given(PARAMETERS)
def test_parameters_are_cut_where_they_end(parameters: dict[int, bytes]) -> None:
    octets = b"".join(struct.pack(">HH", tag, len(value)) + value for tag, value in parameters.items())
    assert tlv.decode_parameters(octets) == parameters
    if octets:
        with pytest.raises(pdu.Malformed):
            tlv.decode_parameters(octets[:-1])


def frames(octets: bytes) -> list[pdu.Pdu]:
    whole: list[pdu.Pdu] = []
    pdu.Frames().feed(octets, whole)
    return whole


def judged(octets: bytes) -> Any:
    """What `smpplib` reads; it wants somebody to count its own numbers."""
    return smpplib.smpp.parse_pdu(octets, client=SimpleSequenceGenerator(), allow_unknown_opt_params=False)
