"""Receipts in the forms that gateways write them in."""

import struct
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.transports.smpp import pdu, tlv
from estafette.deliveries.transports.smpp.pdu import Pdu
from estafette.deliveries.transports.smpp.receipts import normalised, read_delivered
from estafette.deliveries.transports.smpp.settings import Settings

USUAL = "id:123 sub:001 dlvrd:001 submit date:2611201200 done date:2611201201 stat:DELIVRD err:000 text:Hello"


def read(
    words: str | bytes = b"", parameters: dict[int, bytes] | None = None, esm_class: int = 4, **settings: Any
) -> Receipt:
    message = words.encode() if isinstance(words, str) else words
    body = b"".join(
        (
            b"\0\1\0015548\0\5\0Me\0",
            bytes((esm_class, 0, 0)),
            b"\0\0\0\0",
            bytes((settings.pop("data_coding", 0), 0, len(message))),
            message,
            *(struct.pack(">HH", tag, len(value)) + value for tag, value in (parameters or {}).items()),
        )
    )
    written = {"host": "localhost", **settings}
    told = read_delivered(Pdu(pdu.DELIVER_SM, 0, 1, body), msgspec.convert(written, Settings))
    assert isinstance(told, Receipt)
    return told


@pytest.mark.parametrize(
    "words",
    [
        USUAL,
        USUAL.upper(),
        USUAL.lower(),
        "stat:DELIVRD done date:2611201201 id:123",
        "ID: 0000123 STAT: DELIVRD",
        "id:123 stat:DELIVERED err:",
        "id:123,sub:001,stat:DELIVRD,err:0",
        "text:Hello id:123 stat:DELIVRD",
        "id:123 sub: dlvrd: submit date: done date: stat:DELIVRD err: text:",
        "id:123 stat:DELIVRD text:id:666 stat:UNDELIV",
    ],
)
def test_a_receipt_in_words_is_understood_in_any_case_order_and_completeness(words: str) -> None:
    receipt = read(words)
    assert (receipt.provider_id, receipt.status, receipt.fault) == ("123", "delivered", None)


@pytest.mark.parametrize("esm_class", [0, 0x40, 0x80])
def test_a_gateway_that_does_not_mark_its_receipts_is_believed_where_it_is_set_so(esm_class: int) -> None:
    words = b"\5\0\3\1\1\1" + USUAL.encode() if esm_class == 0x40 else USUAL
    receipt = read(words, esm_class=esm_class, unmarked_receipts=True)
    assert (receipt.provider_id, receipt.status, receipt.fault) == ("123", "delivered", None)
    unset = read(words, esm_class=esm_class)
    assert (unset.provider_id, unset.status) == (None, None)
    assert "unmarked_receipts" in (unset.fault or "")


@pytest.mark.parametrize(
    ("word", "status", "kind", "code"),
    [
        ("ENROUTE", "accepted", "operator", "en_route"),
        ("ACCEPTD", "accepted", "operator", "accepted"),
        ("UNKNOWN", "accepted", "operator", "unknown"),
        ("BUFFERED", "accepted", "operator", "en_route"),
        ("DELIVRD", "delivered", "operator", "delivered"),
        ("EXPIRED", "failed", "operator", "expired"),
        ("DELETED", "failed", "operator", "deleted"),
        ("UNDELIV", "failed", "operator", "undeliverable"),
        ("REJECTD", "failed", "operator", "rejected"),
        ("FAILED", "failed", "operator", "failed"),
        ("SYSERR", "failed", "operator", "system_error"),
        ("NOCRED", "failed", "gateway", "no_credit"),
    ],
)
def test_each_state_has_its_meaning(word: str, status: str, kind: str, code: str) -> None:
    receipt = read(f"id:1 stat:{word} err:042")
    assert (receipt.status, receipt.kind, receipt.code) == (status, kind, code)
    assert receipt.reason == (f"stat {word}, err 042" if status == "failed" else None)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, "scheduled"),
        (1, "en_route"),
        (2, "delivered"),
        (3, "expired"),
        (4, "deleted"),
        (5, "undeliverable"),
        (6, "accepted"),
        (7, "unknown"),
        (8, "rejected"),
    ],
)
def test_each_state_has_its_number(number: int, code: str) -> None:
    receipt = read(b"", {tlv.RECEIPTED_MESSAGE_ID: b"77\0", tlv.MESSAGE_STATE: bytes((number,))})
    assert (receipt.provider_id, receipt.code) == ("77", code)


def test_parameters_are_believed_before_words() -> None:
    receipt = read("id:123 stat:DELIVRD", {tlv.RECEIPTED_MESSAGE_ID: b"456\0", tlv.MESSAGE_STATE: b"\5"})
    assert (receipt.provider_id, receipt.status) == ("456", "failed")


def test_a_receipt_by_its_parameters_needs_no_class() -> None:
    receipt = read(b"", {tlv.RECEIPTED_MESSAGE_ID: b"456", tlv.MESSAGE_STATE: b"\2"}, esm_class=0)
    assert (receipt.provider_id, receipt.status) == ("456", "delivered")


def test_an_intermediate_notification_is_not_the_end() -> None:
    assert read("id:1 stat:UNDELIV", esm_class=0x20).status == "accepted"


def test_a_person_who_writes_like_a_receipt_is_not_believed() -> None:
    receipt = read("id:123 stat:DELIVRD", esm_class=0)
    assert (receipt.provider_id, receipt.status) == (None, None)
    assert receipt.fault is not None


def test_a_receipt_may_be_written_in_16_bits_and_have_a_header() -> None:
    assert read(USUAL.encode("utf-16-be"), data_coding=8).provider_id == "123"
    assert read(b"\5\0\3\1\1\1" + USUAL.encode(), esm_class=0x44).provider_id == "123"


def test_times_are_those_of_the_gateway() -> None:
    assert read(USUAL).happened_at == datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
    there = read(USUAL, time_zone="America/Sao_Paulo").happened_at
    assert there == datetime(2026, 11, 20, 15, 1, tzinfo=UTC)
    assert read("id:1 stat:DELIVRD done date:261120120159").happened_at == datetime(2026, 11, 20, 12, 1, 59, tzinfo=UTC)
    for impossible in ("2613451200", "20261120T1200", "²²²²²²²²²²", "0000000000"):
        assert read(f"id:1 stat:DELIVRD done date:{impossible}").happened_at is None


@pytest.mark.parametrize(
    ("provider_id", "expected"),
    [("00AB", "ab"), ("ab", "ab"), (" 7 ", "7"), ("000", "0"), ("", ""), ("a-0-B", "a-0-b")],
)
def test_ids_are_compared_without_case_and_leading_zeros(provider_id: str, expected: str) -> None:
    assert normalised(provider_id) == expected


@given(st.integers(0, 2**64))
def test_ids_meet_whichever_side_writes_them_in_hexadecimal(number: int) -> None:
    receipt = read(f"id:{number:016X} stat:DELIVRD", receipt_ids="hex_to_decimal")
    assert receipt.provider_id == normalised(str(number))
    receipt = read(f"id:{number:020} stat:DELIVRD", receipt_ids="decimal_to_hex")
    assert receipt.provider_id == normalised(f"{number:08X}")


def test_an_id_that_is_no_number_stays_what_it_is() -> None:
    assert read("id:x-y stat:DELIVRD", receipt_ids="hex_to_decimal").provider_id == "x-y"


def test_a_parameter_that_differs_from_the_words_has_the_id_of_the_answer() -> None:
    receipt = read("id:26 stat:DELIVRD", {tlv.RECEIPTED_MESSAGE_ID: b"16\0"}, receipt_ids="decimal_to_hex")
    assert receipt.provider_id == "16"


@given(st.binary(max_size=300), st.sampled_from([pdu.DELIVER_SM, pdu.DATA_SM]))
def test_whatever_comes_is_kept_as_it_came(body: bytes, command: int) -> None:
    told = read_delivered(Pdu(command, 0, 1, body), Settings(host="localhost"))
    assert told.body == body
    assert isinstance(told, InboundMessage) or (told.fault is None) == (told.provider_id is not None)


@given(st.binary(max_size=200), st.sampled_from([0, 8]))
def test_whatever_a_receipt_says_it_is_understood_or_a_fault(message: bytes, data_coding: int) -> None:
    receipt = read(message, esm_class=0x44, data_coding=data_coding)
    assert (receipt.fault is None) == (receipt.provider_id is not None)
