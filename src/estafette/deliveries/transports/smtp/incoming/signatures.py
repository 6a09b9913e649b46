"""A letter that a program hands over by HTTP is signed as Standard Webhooks are, with the secret of its gateway."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hmac import compare_digest, digest
from typing import Final

from estafette.deliveries.errors import CallbackRefused

TOLERANCE: Final = timedelta(minutes=5)
_VERSION: Final = "v1,"
_GIVEN: Final = 10


def check_signature(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """Raises CallbackRefused unless `webhook-signature` is that of id, time and body, and the time is about now."""
    named, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not secret or not named or not (at.isascii() and at.isdigit() and len(at) <= 12):
        raise CallbackRefused
    if abs(now.timestamp() - int(at)) > TOLERANCE.total_seconds():
        raise CallbackRefused
    signed = f"{named}.{at}.".encode(errors="replace") + body
    right = _VERSION + b64encode(digest(secret.encode(), signed, "sha256")).decode()
    # More than one may be given, while a secret is changed.
    given = headers.get("webhook-signature", "").split()[:_GIVEN]
    if not any(compare_digest(each.encode(errors="replace"), right.encode()) for each in given):
        raise CallbackRefused
