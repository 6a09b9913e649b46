"""Letters that a program hands over by HTTP are believed when they are signed, now, by who knows the secret."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hmac import digest

import pytest

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.transport import Callback
from estafette.deliveries.transports.smtp import TRANSPORT, Credentials, Settings
from tests.deliveries.claimed import account
from tests.deliveries.smtp.incoming.letters import answer

SECRET = "sixteen letters!"
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)


def handed_over(
    body: bytes, *, secret: str = SECRET, at: datetime = NOW, changed: dict[str, str] | None = None
) -> Callback:
    """A signed request (Standard Webhooks)."""
    seconds = str(int(at.timestamp()))
    signed = digest(secret.encode(), f"letter-1.{seconds}.".encode() + body, "sha256")
    headers = {
        "webhook-id": "letter-1",
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{b64encode(signed).decode()}",
    }
    return Callback(url="https://x/letters", headers=headers | (changed or {}), body=body, received_at=NOW)


def read(callback: Callback, secret: str = SECRET) -> InboundMessage:
    """What the letter says."""
    (told,) = TRANSPORT.read_callback(account(Settings(host="x"), Credentials(letters_secret=secret)), callback)
    assert isinstance(told, InboundMessage)
    return told


def test_a_signed_letter_is_read() -> None:
    assert read(handed_over(answer("Yes"))).text == "Yes"


@pytest.mark.parametrize(
    "callback",
    [
        handed_over(answer(), secret="another secret!!"),
        handed_over(answer(), at=NOW - timedelta(minutes=6)),
        handed_over(answer(), at=NOW + timedelta(minutes=6)),
        handed_over(answer(), changed={"webhook-signature": ""}),
        handed_over(answer(), changed={"webhook-signature": "v1,\u00e9"}),
        handed_over(answer(), changed={"webhook-id": "letter-2"}),
        handed_over(answer(), changed={"webhook-timestamp": "now"}),
        Callback(url="https://x", headers={}, body=b"", received_at=NOW),
    ],
)
def test_what_is_not_signed_now_is_refused(callback: Callback) -> None:
    with pytest.raises(CallbackRefused):
        read(callback)


def test_without_a_secret_nobody_is_believed() -> None:
    with pytest.raises(CallbackRefused):
        read(handed_over(answer(), secret=""), secret="")
