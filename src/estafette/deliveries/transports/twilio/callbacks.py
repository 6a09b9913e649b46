"""Reads what Twilio reports, after having checked that it is Twilio who reports."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hmac import compare_digest, digest
from typing import Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from estafette.base.brief import brief
from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.messages import Kind, Receipt, ReceiptStatus
from estafette.deliveries.models.transport import Callback
from estafette.deliveries.transports.twilio.answers import MEANINGS
from estafette.deliveries.transports.twilio.messages import is_message, message_of

FIELDS: Final = 200
STATUSES: Final[dict[str, tuple[ReceiptStatus, Kind]]] = {
    "accepted": ("accepted", "operator"),
    "scheduled": ("accepted", "operator"),
    "queued": ("accepted", "operator"),
    "sending": ("accepted", "operator"),
    "sent": ("accepted", "operator"),
    "delivered": ("delivered", "operator"),
    "read": ("read", "operator"),
    "undelivered": ("failed", "operator"),
    "failed": ("failed", "gateway"),
    "canceled": ("failed", "gateway"),
}


def read(callback: Callback, auth_token: str) -> Told:
    """The receipt or the message in a callback, with a fault when it is not understood; raises CallbackRefused."""
    try:
        fields = parse_qsl(callback.body.decode(), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError as error:
        raise CallbackRefused from error
    given = callback.headers.get("x-twilio-signature", "")
    if not any(matches(given, signature(url, fields, auth_token)) for url in spellings(callback.url)):
        raise CallbackRefused
    said = dict(fields)
    provider_id = said.get("MessageSid") or said.get("SmsSid") or ""
    reported = said.get("MessageStatus") or said.get("SmsStatus") or ""
    if not provider_id or len(provider_id) > 100:
        return Receipt(body=callback.body, fault="no_message_id")
    if is_message(said):
        return message_of(said, provider_id, callback.body)
    if reported not in STATUSES:
        return Receipt(body=callback.body, fault="unknown_status")
    status, kind = STATUSES[reported]
    code, words = error_of(said)
    return Receipt(body=callback.body, provider_id=provider_id, status=status, kind=kind, code=code, reason=words)


def error_of(said: dict[str, str]) -> tuple[str | None, str | None]:
    """The error of a callback: a stable code, and words for people."""
    number = said.get("ErrorCode", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 6 and int(number)):
        return None, None
    code = MEANINGS.get(int(number), f"error_{int(number)}")
    return code, brief(f"{number} {said.get('ErrorMessage') or code.replace('_', ' ')}")


def signature(url: str, fields: Sequence[tuple[str, str]], auth_token: str) -> str:
    """What Twilio puts into X-Twilio-Signature: URL and sorted fields run together, HMAC-SHA1, base64.

    A field that comes twice with the same value counts once.
    """
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    return b64encode(digest(auth_token.encode(), signed.encode(), "sha1")).decode()


def matches(given: str, right: str) -> bool:
    """Compares in a time that tells nothing."""
    return compare_digest(given.encode(), right.encode())


def spellings(url: str) -> Iterator[str]:
    """A URL as it is, without its port, and with the usual one: Twilio signs now one, now the other."""
    yield url
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.port is not None:
        yield urlunsplit(parts._replace(netloc=host.removesuffix(f":{parts.port}")))
    else:
        yield urlunsplit(parts._replace(netloc=f"{host}:{443 if parts.scheme == 'https' else 80}"))
