"""What somebody wrote to one of our numbers, as SMPP gateways hand it over."""

import struct
from typing import Any

import pytest

from estafette.deliveries.alphabet import encoded
from estafette.deliveries.models.inbound import InboundMessage, Segment
from estafette.deliveries.transports.smpp import pdu, tlv
from estafette.deliveries.transports.smpp.pdu import Pdu
from estafette.deliveries.transports.smpp.receipts import read_delivered
from estafette.deliveries.transports.smpp.settings import Settings


def read(
    message: bytes,
    *,
    esm_class: int = 0,
    data_coding: int = 0,
    source: bytes = b"\1\00133639980001",
    parameters: dict[int, bytes] | None = None,
    **settings: Any,
) -> InboundMessage:
    """The message in a deliver_sm."""
    body = b"".join(
        (
            b"\0" + source + b"\0\5\0Me\0",
            bytes((esm_class, 0, 0)),
            b"\0\0\0\0",
            bytes((data_coding, 0, len(message))),
            message,
            *(struct.pack(">HH", tag, len(value)) + value for tag, value in (parameters or {}).items()),
        )
    )
    told = read_delivered(Pdu(pdu.DELIVER_SM, 0, 1, body), Settings(host="localhost", **settings))
    assert isinstance(told, InboundMessage)
    assert told.body == body
    return told


@pytest.mark.parametrize("words", ["Yes, at ten", "id:123", "stat:DELIVRD", "id:123 stat:WHATEVER", ""])
def test_what_somebody_wrote_is_no_receipt_whatever_is_set(words: str) -> None:
    for unmarked_receipts in (True, False):
        assert read(words.encode(), unmarked_receipts=unmarked_receipts).text == words


@pytest.mark.parametrize(
    ("message", "data_coding", "text"),
    [
        (encoded("Où? 5 € [à]", "gsm7"), 0, "Où? 5 € [à]"),
        ("СТОП".encode("utf-16-be"), 8, "СТОП"),
        ("Não".encode("latin-1"), 3, "Não"),
        ("Стоп".encode("iso8859-5"), 6, "Стоп"),
        (b"OK", 0xF1, "OK"),
        ("Привет".encode("utf-16-be"), 0x18, "Привет"),
        (b"\x89PNG", 4, ""),
        (b"\xd8", 8, "\ufffd"),
    ],
)
def test_a_text_is_read_in_its_own_alphabet(message: bytes, data_coding: int, text: str) -> None:
    assert read(message, data_coding=data_coding).text == text


@pytest.mark.parametrize(
    ("source", "sender"),
    [(b"\1\00133639980001", "+33639980001"), (b"\1\1+33639980001", "+33639980001"), (b"\5\0Shop", "Shop")],
)
def test_an_international_number_has_its_plus_sign(source: bytes, sender: str) -> None:
    message = read(b"Yes", source=source)
    assert (message.sender, message.recipient) == (sender, "Me")


@pytest.mark.parametrize("header", [b"\5\0\3\x07\2\1", b"\6\x08\4\0\x07\2\1", b"\x08\x24\1\1\0\3\x07\2\1"])
def test_a_segment_of_a_long_message_says_where_it_belongs(header: bytes) -> None:
    message = read(header + b"Hello ", esm_class=0x40)
    assert (message.text, message.segment) == ("Hello ", Segment(reference=7, number=1, of=2))


def test_segments_are_told_by_parameters_too() -> None:
    parameters = {tlv.SAR_REFERENCE: b"\1\0", tlv.SAR_SEGMENTS: b"\3", tlv.SAR_NUMBER: b"\2"}
    assert read(b"x", parameters=parameters).segment == Segment(reference=256, number=2, of=3)


@pytest.mark.parametrize("header", [b"\5\0\3\x07\2\3", b"\5\0\3\x07\1\1", b"\xff", b"\2\5\0", b"\1\0"])
def test_a_header_that_makes_no_sense_makes_no_segment(header: bytes) -> None:
    assert read(header + b"Yes", esm_class=0x40).segment is None
