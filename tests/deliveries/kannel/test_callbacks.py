"""What Kannel reports is believed when it was said at an address of ours, and kept when it is not understood."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
import pytest

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.models.transport import Callback
from estafette.deliveries.transports.kannel import TRANSPORT, Credentials, Settings
from estafette.deliveries.transports.kannel.requests import KannelRequests
from tests.deliveries.claimed import account
from tests.deliveries.kannel.counterpart import report

SETTINGS = Settings(url="http://10.0.0.1:13013/cgi-bin/sendsms")
RECEIPT = "id:42 sub:001 dlvrd:000 submit date:2611201200 done date:2611201201 stat:{} err:{} text:stat:DELIVRD"


def credentials(secret: str) -> Credentials:
    return Credentials(username="me", password="secret", callback_secret=secret)


def url_of(provider_id: str, secret: str = "sixteen letters!") -> str:
    requests = KannelRequests(
        settings=SETTINGS, credentials=credentials(secret), callback_url="https://estafette.example/c/0192"
    )
    return requests.report_url(provider_id)


OURS = account(SETTINGS, credentials("sixteen letters!"), gateway_id=UUID(int=7))


def read(callback: Callback) -> Receipt:
    (receipt,) = TRANSPORT.read_callback(OURS, callback)
    assert isinstance(receipt, Receipt)
    assert receipt.body == callback.url.partition("?")[2].encode()
    return receipt


@pytest.mark.parametrize(("status", "expected"), [(1, "delivered"), (4, "accepted"), (8, "accepted")])
def test_a_status_is_what_it_says(status: int, expected: str) -> None:
    receipt = read(report(url_of("a1"), status, "ACK/"))
    assert (receipt.provider_id, receipt.status, receipt.code, receipt.fault) == ("a1", expected, None, None)


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (2, RECEIPT.format("UNDELIV", "001"), ("operator", "undeliverable")),
        (2, RECEIPT.format("EXPIRED", "000"), ("operator", "expired")),
        (2, RECEIPT.format("REJECTD", "000"), ("operator", "rejected")),
        (2, "", ("operator", "undeliverable")),
        (2, "stat:<script>", ("operator", "undeliverable")),
        (16, "NACK/0x0000000b/Invalid Destination Address", ("gateway", "bad_destination")),
        (16, "NACK/0x00000045/Submit failed", ("gateway", "status_0045")),
        (16, "NACK/", ("gateway", "rejected")),
        (16, "", ("gateway", "rejected")),
    ],
)
def test_a_failure_has_its_reason_and_somebody_whose_it_is(status: int, said: str, expected: Any) -> None:
    receipt = read(report(url_of("a1"), status, said))
    assert (receipt.provider_id, receipt.status) == ("a1", "failed")
    assert (receipt.kind, receipt.code) == expected
    assert receipt.reason == (said or None)


def test_two_reports_of_one_message_are_two_and_the_same_one_is_one() -> None:
    first, second = (read(report(url_of("a1"), status)) for status in (8, 1))
    assert first.body != second.body
    assert read(report(url_of("a1"), 8)).body == first.body


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("id=a1&", "id=a2&"),
        ("id=a1&", ""),
        ("id=a1&", "id=&"),
        ("id=a1&", "id=a1&id=a2&"),
        ("sign=", "sign=0"),
        ("sign=", "other="),
        ("sign=", "sign=%C3%A9"),
        ("&said=", "&sign=0&said="),
        ("?", "#"),
        ("?", "?" + "a=1&" * 100),
        ("?", "?" + "sign=" + "a" * 10_000 + "&x"),
    ],
)
def test_an_address_that_is_not_ours_is_not_believed(right: str, wrong: str) -> None:
    said = report(url_of("a1"), 1)
    read(said)
    changed = msgspec.structs.replace(said, url=said.url.replace(right, wrong, 1))
    assert changed != said
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(OURS, changed)


def test_an_address_of_another_gateway_is_not_believed() -> None:
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(OURS, report(url_of("a1", "another secret, long"), 1))


def test_without_a_secret_nothing_is_believed() -> None:
    nobody = account(SETTINGS, credentials(""))
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(nobody, report(url_of("a1", ""), 1))


@pytest.mark.parametrize("status", [0, 32, 3, -1])
def test_what_is_ours_and_not_understood_is_kept_with_its_fault(status: int) -> None:
    receipt = read(report(url_of("a1"), status))
    assert (receipt.provider_id, receipt.status, receipt.fault) == (None, None, "unknown_status")


def test_what_was_not_filled_in_is_kept_with_its_fault() -> None:
    assert read(Callback(url=url_of("a1"), headers={}, body=b"")).fault == "unknown_status"


def fetched(**fields: str) -> Callback:
    """What Kannel fetches when somebody has written."""
    given = {"from": "+33639980001", "to": "36111", "text": "Où ça ? Да", "message": "0192-aa"} | fields
    return Callback(url=f"https://estafette.example/c/0192?{urlencode(given)}", headers={}, body=b"")


def test_what_somebody_wrote_is_a_message_and_its_secret_is_not_kept() -> None:
    (message,) = TRANSPORT.read_callback(OURS, fetched(secret="sixteen letters!"))
    assert isinstance(message, InboundMessage)
    assert (message.sender, message.recipient, message.text) == ("+33639980001", "36111", "Où ça ? Да")
    assert message.provider_id == "0192-aa"
    assert b"sixteen" not in message.body


@pytest.mark.parametrize("fields", [{}, {"secret": ""}, {"secret": "sixteen letters?"}, {"secret": "é"}])
def test_a_message_without_the_secret_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(OURS, fetched(**fields))
