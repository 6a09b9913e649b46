"""What Twilio reports is believed when it is signed as Twilio signs, and kept when it is not understood."""

from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from multidict import MultiDict
from twilio.request_validator import RequestValidator

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Medium, Receipt
from estafette.deliveries.models.transport import Callback
from estafette.deliveries.transports.twilio import TRANSPORT, Credentials, Settings
from tests.deliveries.claimed import account
from tests.deliveries.twilio.counterpart import SID, TOKEN, report

URL = "https://estafette.example/api/v1/callbacks/0192?x=1"
OURS = account(Settings(account_sid=SID), Credentials(auth_token=TOKEN))


def read(callback: Callback) -> Receipt:
    (receipt,) = TRANSPORT.read_callback(OURS, callback)
    assert isinstance(receipt, Receipt)
    assert receipt.body == callback.body
    return receipt


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("queued", "accepted"),
        ("sending", "accepted"),
        ("sent", "accepted"),
        ("delivered", "delivered"),
        ("read", "read"),
    ],
)
def test_a_status_is_what_it_says(status: str, expected: str) -> None:
    receipt = read(report(URL, MessageSid="SM1", MessageStatus=status, To="+554899246868", From="", AccountSid=SID))
    assert (receipt.provider_id, receipt.status, receipt.code, receipt.fault) == ("SM1", expected, None, None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"MessageStatus": "undelivered", "ErrorCode": "30003"}, ("operator", "unreachable", "30003 unreachable")),
        ({"MessageStatus": "undelivered", "ErrorCode": "30007"}, ("operator", "filtered", "30007 filtered")),
        (
            {"MessageStatus": "failed", "ErrorCode": "30034", "ErrorMessage": "No\r\nno"},
            ("gateway", "bad_sender", "30034 No no"),
        ),
        ({"MessageStatus": "failed", "ErrorCode": "31999"}, ("gateway", "error_31999", "31999 error 31999")),
        ({"MessageStatus": "failed", "ErrorCode": "<script>"}, ("gateway", None, None)),
        ({"MessageStatus": "failed"}, ("gateway", None, None)),
        ({"MessageStatus": "canceled"}, ("gateway", None, None)),
    ],
)
def test_a_failure_has_its_reason_and_somebody_whose_it_is(fields: dict[str, str], expected: Any) -> None:
    receipt = read(report(URL, MessageSid="SM1", **fields))
    assert receipt.status == "failed"
    assert (receipt.kind, receipt.code, receipt.reason) == expected


def test_words_in_other_letters_and_empty_fields_are_signed_too() -> None:
    callback = report(URL, MessageSid="SM1", MessageStatus="delivered", Body="Olá & até já = 👋🏽 +", From="", To="")
    assert read(callback).status == "delivered"


def test_a_field_that_comes_twice_is_signed_as_twilio_signs_it() -> None:
    fields = [("MessageSid", "SM1"), ("MessageStatus", "sent"), ("Tag", "b"), ("Tag", "a"), ("Tag", "b")]
    right = str(RequestValidator(TOKEN).compute_signature(URL, MultiDict(fields)))
    callback = Callback(url=URL, headers={"x-twilio-signature": right}, body=urlencode(fields).encode())
    assert read(callback).status == "accepted"


@pytest.mark.parametrize(
    ("called", "signed"),
    [
        ("https://estafette.example/c", "https://estafette.example:443/c"),
        ("https://estafette.example:8443/c?a=b", "https://estafette.example/c?a=b"),
        ("http://estafette.example/c", "http://estafette.example:80/c"),
        ("https://[::1]:8443/c", "https://[::1]/c"),
    ],
)
def test_a_port_may_be_missing_in_what_is_signed(called: str, signed: str) -> None:
    assert read(report(called, signed_url=signed, MessageSid="SM1", MessageStatus="sent")).status == "accepted"


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://estafette.example/api/v1/callbacks/other"},
        {"body": b"MessageSid=SM2&MessageStatus=delivered"},
        {"body": b"MessageSid=SM1&MessageStatus=delivered&ErrorCode=0"},
        {"body": b""},
        {"body": b"\xff\xfe"},
        {"body": b"&".join(b"a%d=1" % each for each in range(1_000))},
        {"headers": {}},
        {"headers": {"x-twilio-signature": ""}},
        {"headers": {"x-twilio-signature": "é"}},
        {"headers": {"x-twilio-signature": "A" * 10_000}},
    ],
)
def test_what_is_not_signed_by_the_gateway_is_not_believed(wrong: dict[str, Any]) -> None:
    right = report(URL, MessageSid="SM1", MessageStatus="delivered")
    read(right)
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(OURS, msgspec.structs.replace(right, **wrong))


def test_a_signature_with_another_secret_is_not_believed() -> None:
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(OURS, report(URL, token="another", MessageSid="SM1", MessageStatus="delivered"))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "no_message_id"),
        ({"MessageStatus": "delivered"}, "no_message_id"),
        ({"MessageSid": "S" * 101, "MessageStatus": "delivered"}, "no_message_id"),
        ({"MessageSid": "SM1"}, "unknown_status"),
        ({"MessageSid": "SM1", "MessageStatus": "enlightened"}, "unknown_status"),
    ],
)
def test_what_is_signed_and_not_understood_is_kept_with_its_fault(fields: dict[str, str], fault: str) -> None:
    receipt = read(report(URL, **fields))
    assert (receipt.provider_id, receipt.status, receipt.fault) == (None, None, fault)


def test_older_names_of_the_fields_are_understood() -> None:
    receipt = read(report(URL, SmsSid="SM1", SmsStatus="delivered"))
    assert (receipt.provider_id, receipt.status) == ("SM1", "delivered")


def test_what_somebody_wrote_is_a_message_with_its_pictures() -> None:
    written = {"MessageSid": "SM9", "SmsStatus": "received", "From": "+33639980001", "To": "+33700000000"}
    media = {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/m", "MediaContentType0": "image/jpeg"}
    (message,) = TRANSPORT.read_callback(OURS, report(URL, **written, **media, Body="Yes"))
    assert isinstance(message, InboundMessage)
    assert (message.channel, message.sender, message.text) == ("sms", "+33639980001", "Yes")
    assert (message.provider_id, message.recipient) == ("SM9", "+33700000000")
    assert message.media == (Medium(url="https://api.twilio.com/m", media_type="image/jpeg"),)


def test_a_message_by_whatsapp_says_so_and_which_of_ours_it_answers() -> None:
    fields = {"From": "whatsapp:+5511999990000", "To": "whatsapp:+33700000000", "ProfileName": "Ana", "Body": "Sim"}
    (message,) = TRANSPORT.read_callback(OURS, report(URL, MessageSid="SM9", OriginalRepliedMessageSid="SM1", **fields))
    assert isinstance(message, InboundMessage)
    assert (message.channel, message.sender, message.sender_name) == ("whatsapp", "+5511999990000", "Ana")
    assert message.answers == ("SM1",)
