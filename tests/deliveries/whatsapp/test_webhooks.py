"""Webhooks of the Cloud API: what Meta signed is believed, each part by itself; nothing else is."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.models.transport import Callback, CallbackAnswer
from estafette.deliveries.transports.whatsapp import TRANSPORT, Credentials, Settings
from tests.deliveries.claimed import account
from tests.deliveries.whatsapp.cloud import (
    CREDENTIALS,
    NOW,
    SETTINGS,
    WORD,
    Json,
    advanced,
    body,
    signed,
    status,
    text,
    webhook,
)

OURS = account(Settings(**SETTINGS), Credentials(**CREDENTIALS))
DAY = 86_400


def read(callback: Callback, *, at: int = NOW) -> list[Any]:
    return list(
        TRANSPORT.read_callback(OURS, msgspec.structs.replace(callback, received_at=datetime.fromtimestamp(at, UTC)))
    )


def test_all_that_becomes_of_messages_is_told_one_by_one_in_several_entries() -> None:
    found = read(webhook({"statuses": advanced("wamid.1")}, {"statuses": [status("wamid.2", "delivered")]}))
    assert [(each.provider_id, each.status) for each in found] == [
        ("wamid.1", "accepted"),
        ("wamid.1", "delivered"),
        ("wamid.1", "read"),
        ("wamid.2", "delivered"),
    ]
    assert found[1].happened_at == datetime.fromtimestamp(NOW + 1, UTC)
    assert len({each.body for each in found}) == 4
    assert all(each.fault is None for each in found)


def test_a_status_repeats_how_we_named_the_message() -> None:
    named = [each | {"biz_opaque_callback_data": "7-1-9"} for each in advanced("wamid.1")]
    failed = status("wamid.1", "failed", error=131026) | {"biz_opaque_callback_data": "7-1-9"}
    assert [each.own_name for each in read(webhook({"statuses": [*named, failed]}))] == ["7-1-9"] * 4


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (131026, ("operator", "undeliverable", False)),
        (131049, ("operator", "frequency_capped", False)),
        (131050, ("operator", "unsubscribed", True)),
        (131047, ("gateway", "window_closed", False)),
        (131000, ("operator", "service_unavailable", False)),
        (132015, ("gateway", "template_paused", False)),
        (139999, ("gateway", "error_139999", False)),
        (None, ("operator", "undeliverable", False)),
    ],
)
def test_a_failure_has_its_reason_and_somebody_whose_it_is(error: int | None, expected: Any) -> None:
    [found] = read(webhook({"statuses": [status("wamid.1", "failed", error=error)]}))
    assert (found.status, found.kind, found.code, found.suppress) == ("failed", *expected)
    assert found.reason == (None if error is None else f"{error} A title More of it.")


@pytest.mark.parametrize(
    ("age", "fault"), [(7 * DAY, None), (7 * DAY + 1, "wrong_time"), (-300, None), (-301, "wrong_time")]
)
def test_what_is_older_than_a_week_or_in_the_future_is_not_believed(age: int, fault: str | None) -> None:
    [found] = read(webhook({"statuses": [status("wamid.1", "delivered", at=NOW - age)]}))
    assert (found.fault, found.provider_id) == (fault, "wamid.1" if fault is None else None)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"statuses": [{"status": "sent", "timestamp": str(NOW)}]}, "no_message_id"),
        ({"statuses": [status("w" * 301, "sent")]}, "no_message_id"),
        ({"statuses": [status("wamid.1", "enlightened")]}, "unknown_status"),
        ({"statuses": [status("wamid.1", "sent") | {"timestamp": "2026-11-30T12:00:00Z"}]}, "wrong_time"),
        ({"statuses": [status("wamid.1", "sent") | {"timestamp": NOW}]}, "not_understood"),
        ({"statuses": [17]}, "not_understood"),
        ({"statuses": "sent"}, "not_understood"),
    ],
)
def test_what_is_signed_and_not_understood_is_kept_with_its_fault(given: Json, fault: str) -> None:
    [found] = read(webhook(given))
    assert isinstance(found, Receipt)
    assert (found.provider_id, found.status, found.fault) == (None, None, fault)


@pytest.mark.parametrize(
    "content",
    [
        b"<html>",
        b"[]",
        b'{"entry": 3}',
        body({"statuses": [status("wamid.1", "sent")]}).replace(b"sent", b"\xff"),
        b'{"entry":[{"changes":[' + b"[" * 100_000,
    ],
)
def test_signed_nonsense_is_kept_as_such(content: bytes) -> None:
    [found] = read(Callback(url="https://estafette.example/c", headers=signed(content), body=content))
    assert (type(found), found.fault) == (Receipt, "not_understood")


def test_one_that_is_not_understood_takes_no_other_along() -> None:
    found = read(
        webhook({"statuses": [17, status("wamid.1", "sent")]}, {"statuses": "no"}, {"statuses": advanced("x")})
    )
    assert [each.fault for each in found] == ["not_understood", None, "not_understood", None, None, None]


def test_what_people_write_is_told_with_their_names_and_what_it_answers() -> None:
    contacts = [{"wa_id": "33612345678", "profile": {"name": "Ana"}}, 17]
    answer = text("Olá") | {"context": {"id": "wamid.out1"}}
    [found, receipt] = read(webhook({"contacts": contacts, "messages": [answer]}, {"statuses": [status("w", "read")]}))
    assert isinstance(found, InboundMessage)
    assert (found.channel, found.sender, found.recipient, found.text) == (
        *("whatsapp", "+33612345678", "15550783881", "Olá"),
    )
    assert (found.provider_id, found.sender_name, found.answers) == ("wamid.in1", "Ana", ("wamid.out1",))
    assert found.happened_at == datetime.fromtimestamp(NOW, UTC)
    assert isinstance(receipt, Receipt)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"type": "button", "button": {"text": "Stop", "payload": "x"}}, "Stop"),
        ({"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"title": "Yes"}}}, "Yes"),
        ({"type": "image", "image": {"caption": "Look", "mime_type": "image/png", "id": "1"}}, "[image] Look"),
        ({"type": "document", "document": {"filename": "bill.pdf", "id": "1"}}, "[document] bill.pdf"),
        (
            {"type": "location", "location": {"latitude": 1.5, "longitude": 2, "name": "Here"}},
            "[location] Here 1.5, 2.0",
        ),
        ({"type": "reaction", "reaction": {"message_id": "wamid.out1", "emoji": "👍"}}, "👍"),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, "[unsupported]"),
        ({"type": "id"}, "[id]"),
        ({"type": "text", "text": 17}, ""),
    ],
)
def test_what_is_no_text_says_what_it_is(part: Json, words: str) -> None:
    [found] = read(webhook({"messages": [text("") | {"text": {}} | part]}))
    assert isinstance(found, InboundMessage)
    assert found.text == words


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (text("x", at=NOW - 7 * DAY - 1), "wrong_time"),
        (text("x", at=NOW + 301), "wrong_time"),
        (text("x", id_=""), "no_message_id"),
        (text("x", sender="<script>"), "no_message_id"),
        ({"from": "33612345678"}, "not_understood"),
    ],
)
def test_a_message_that_cannot_be_believed_is_kept_with_its_fault(given: Json, fault: str) -> None:
    [found] = read(webhook({"messages": [given]}))
    assert (type(found), found.fault) == (Receipt, fault)


def test_other_numbers_of_the_account_are_not_ours() -> None:
    assert read(webhook({"statuses": advanced("wamid.1")}, number="1")) == []


def signed_otherwise(**changes: Any) -> Callback:
    return msgspec.structs.replace(webhook({"statuses": advanced("wamid.1")}), **changes)


@pytest.mark.parametrize(
    "callback",
    [
        webhook({"statuses": advanced("wamid.1")}, secret="another"),
        signed_otherwise(headers={}),
        signed_otherwise(headers={"x-hub-signature-256": ""}),
        signed_otherwise(headers={"x-hub-signature-256": "é"}),
        signed_otherwise(headers={"x-hub-signature-256": "sha256=" + "0" * 64}),
        signed_otherwise(body=b"{}"),
        signed_otherwise(body=webhook({"statuses": advanced("wamid.1")}).body + b" "),
    ],
)
def test_what_meta_has_not_signed_is_not_believed(callback: Callback) -> None:
    with pytest.raises(CallbackRefused):
        read(callback)


def asked(**fields: str) -> Callback:
    usual = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": WORD}
    query = urlencode(usual | {f"hub.{name}": value for name, value in fields.items()})
    return Callback(url=f"https://estafette.example/c?{query}", headers={}, body=b"")


def test_whoever_sets_it_up_with_the_word_is_answered_with_the_challenge() -> None:
    assert read(asked()) == [CallbackAnswer(body=b"1158201444")]


@pytest.mark.parametrize(
    "fields",
    [
        {"verify_token": "wrong"},
        {"verify_token": ""},
        {"mode": "unsubscribe"},
        {"challenge": "<script>"},
        {"challenge": ""},
    ],
)
def test_nobody_else_is(fields: dict[str, str]) -> None:
    with pytest.raises(CallbackRefused):
        read(asked(**fields))
