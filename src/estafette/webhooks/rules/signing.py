"""Signatures of Standard Webhooks: HMAC-SHA256 over id, time and body, by a secret that both sides know."""

import base64
import hmac
import secrets
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
_VERSION: Final = "v1"

_encoder = msgspec.json.Encoder(order="deterministic")


def new_secret() -> bytes:
    """The key of a new webhook."""
    return secrets.token_bytes(SECRET_BYTES)


def shown(secret: bytes) -> str:
    """The key as receivers configure it."""
    return PREFIX + base64.b64encode(secret).decode()


def body(event: str, at: datetime, data: dict[str, Any]) -> bytes:
    """What is sent: `{"data", "timestamp", "type"}`, the same bytes on each attempt."""
    return _encoder.encode({"type": event, "timestamp": at, "data": data})


def headers(secret: bytes, call_id: UUID, at: datetime, content: bytes) -> dict[str, str]:
    """The headers of an attempt made at `at`; the time is signed, so that an old call cannot be played again."""
    seconds = int(at.timestamp())
    signed = hmac.digest(secret, b"%s.%d.%s" % (str(call_id).encode(), seconds, content), "sha256")
    return {
        "content-type": "application/json",
        "webhook-id": str(call_id),
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"{_VERSION},{base64.b64encode(signed).decode()}",
    }
