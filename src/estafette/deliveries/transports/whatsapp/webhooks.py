"""Reads what the Cloud API reports, after having checked that it is Meta who reports."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from hmac import compare_digest, digest
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import msgspec

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.models.transport import Callback, CallbackAnswer, CallbackTold
from estafette.deliveries.transports.whatsapp.messages import UNREADABLE, message_of, names_of
from estafette.deliveries.transports.whatsapp.settings import Credentials, Settings
from estafette.deliveries.transports.whatsapp.statuses import WRONG_TIME, is_recent, receipt_of

_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_.~-]{1,200}")


class _Entry(msgspec.Struct, frozen=True):
    changes: list[msgspec.Raw] = []


class _Body(msgspec.Struct, frozen=True):
    entry: list[_Entry] = []


class _Metadata(msgspec.Struct, frozen=True):
    phone_number_id: str = ""
    display_phone_number: str = ""


class _Value(msgspec.Struct, frozen=True):
    metadata: _Metadata = _Metadata()
    contacts: list[msgspec.Raw] = []
    statuses: list[msgspec.Raw] = []
    messages: list[msgspec.Raw] = []


class _Change(msgspec.Struct, frozen=True):
    field: str = ""
    value: _Value = _Value()


def read_webhook(callback: Callback, settings: Settings, credentials: Credentials) -> Sequence[CallbackTold]:
    """What was reported, each part by itself, with a fault where it is not understood; raises CallbackRefused."""
    if not callback.body:
        return [_challenged(callback, credentials.verify_token)]
    given = callback.headers.get("x-hub-signature-256", "")
    if not compare_digest(given.encode(), signature(callback.body, credentials.app_secret).encode()):
        raise CallbackRefused
    try:
        body = msgspec.json.decode(callback.body, type=_Body)
    except UNREADABLE:
        return [Receipt(body=callback.body, fault="not_understood")]
    changes = (change for entry in body.entry for change in entry.changes)
    return [told for change in changes for told in _told(bytes(change), settings, callback.received_at)]


def signature(body: bytes, app_secret: str) -> str:
    """What Meta puts into X-Hub-Signature-256: HMAC-SHA256 over the body as it is."""
    return f"sha256={digest(app_secret.encode(), body, 'sha256').hex()}"


def _challenged(callback: Callback, verify_token: str) -> CallbackAnswer:
    """What is asked when the address is set up: whether we know the word; answered with what was sent along."""
    try:
        asked = dict(parse_qsl(urlsplit(callback.url).query, max_num_fields=20))
    except ValueError as error:
        raise CallbackRefused from error
    challenge = asked.get("hub.challenge", "")
    knows = compare_digest(asked.get("hub.verify_token", "").encode(), verify_token.encode())
    if not knows or asked.get("hub.mode") != "subscribe" or not _CHALLENGE.fullmatch(challenge):
        raise CallbackRefused
    return CallbackAnswer(body=challenge.encode())


def _told(raw: bytes, settings: Settings, now: datetime) -> Iterator[CallbackTold]:
    try:
        change = msgspec.json.decode(raw, type=_Change)
    except UNREADABLE:
        yield Receipt(body=raw, fault="not_understood")
        return
    # The account may have more numbers than ours, and tells of templates and other matters, too.
    if change.field != "messages" or change.value.metadata.phone_number_id != settings.phone_number_id:
        return
    for each in change.value.statuses:
        yield receipt_of(bytes(each), now)
    names = names_of(change.value.contacts)
    for each in change.value.messages:
        message = message_of(bytes(each), names, change.value.metadata.display_phone_number)
        yield _in_time(message, now) if isinstance(message, InboundMessage) else message


def _in_time(message: InboundMessage, now: datetime) -> CallbackTold:
    if is_recent(message.happened_at, now):
        return message
    return Receipt(body=message.body, fault=WRONG_TIME, happened_at=message.happened_at)
