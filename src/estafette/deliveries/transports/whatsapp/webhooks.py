"""Reads what the Cloud API reports, after having checked that it is Meta who reports."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hmac import compare_digest, digest
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import msgspec

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Kind, Receipt, ReceiptStatus
from estafette.deliveries.models.transport import Callback, CallbackAnswer, CallbackTold
from estafette.deliveries.transports.whatsapp.answers import Error
from estafette.deliveries.transports.whatsapp.meanings import Meaning, meaning_of
from estafette.deliveries.transports.whatsapp.messages import message_of, moment, names_of
from estafette.deliveries.transports.whatsapp.settings import Credentials, Settings

OLDEST: Final = timedelta(days=7)
"""Meta repeats for so long what was not taken; whatever is older was said before, and is said by somebody else."""
AHEAD: Final = timedelta(minutes=5)  # as far as clocks may differ
LONGEST_ID: Final = 300
WRONG_TIME: Final = "wrong_time"
STATUSES: Final[dict[str, ReceiptStatus]] = {
    "sent": "accepted",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
}
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


class _Status(msgspec.Struct, frozen=True):
    id: str = ""
    status: str = ""
    timestamp: str = ""
    biz_opaque_callback_data: str | None = None
    errors: list[Error] = []


def read_webhook(callback: Callback, settings: Settings, credentials: Credentials) -> Sequence[CallbackTold]:
    """What was reported, each part by itself, with a fault where it is not understood; raises CallbackRefused."""
    if not callback.body:
        return [_challenged(callback, credentials.verify_token)]
    given = callback.headers.get("x-hub-signature-256", "")
    if not compare_digest(given.encode(), signature(callback.body, credentials.app_secret).encode()):
        raise CallbackRefused
    try:
        body = msgspec.json.decode(callback.body, type=_Body)
    except msgspec.DecodeError:
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
    except msgspec.DecodeError:
        yield Receipt(body=raw, fault="not_understood")
        return
    # The account may have more numbers than ours, and tells of templates and other matters, too.
    if change.field != "messages" or change.value.metadata.phone_number_id != settings.phone_number_id:
        return
    for each in change.value.statuses:
        yield _receipt(bytes(each), now)
    names = names_of(change.value.contacts)
    for each in change.value.messages:
        message = message_of(bytes(each), names, change.value.metadata.display_phone_number)
        yield _in_time(message, now) if isinstance(message, InboundMessage) else message


def _in_time(message: InboundMessage, now: datetime) -> CallbackTold:
    if _is_recent(message.happened_at, now):
        return message
    return Receipt(body=message.body, fault=WRONG_TIME, happened_at=message.happened_at)


def _is_recent(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - OLDEST <= at <= now + AHEAD


def _receipt(raw: bytes, now: datetime) -> Receipt:
    try:
        said = msgspec.json.decode(raw, type=_Status)
    except msgspec.DecodeError:
        return Receipt(body=raw, fault="not_understood")
    if not said.id or len(said.id) > LONGEST_ID:
        return Receipt(body=raw, fault="no_message_id")
    if said.status not in STATUSES:
        return Receipt(body=raw, fault="unknown_status")
    at = moment(said.timestamp)
    if not _is_recent(at, now):
        return Receipt(body=raw, fault=WRONG_TIME, happened_at=at)
    status, named = STATUSES[said.status], said.biz_opaque_callback_data
    if status != "failed":
        return Receipt(body=raw, provider_id=said.id, own_name=named, status=status, happened_at=at)
    error = said.errors[0] if said.errors else Error()
    meaning = Meaning("undeliverable", kind="operator") if error.code is None else meaning_of(error.code)
    return Receipt(
        body=raw,
        provider_id=said.id,
        own_name=named,
        status=status,
        kind=_kind(meaning),
        code=meaning.code,
        reason=error.words or None,
        happened_at=at,
        suppress=meaning.suppress,
    )


def _kind(meaning: Meaning) -> Kind:
    # What has been taken and fails later has failed in the network, unless it is the gateway's own matter.
    return "operator" if meaning.code == "service_unavailable" else meaning.kind
