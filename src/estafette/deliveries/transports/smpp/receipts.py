"""Receipts: what deliver_sm and data_sm say about a message, in their parameters or in words."""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.messages import Kind, Receipt, ReceiptStatus
from estafette.deliveries.transports.smpp import pdu, tlv
from estafette.deliveries.transports.smpp.bodies import Delivered, read_data, read_deliver
from estafette.deliveries.transports.smpp.inbound import message_of
from estafette.deliveries.transports.smpp.pdu import Malformed, Pdu
from estafette.deliveries.transports.smpp.settings import Settings

_KIND: Final = 0x3C  # the bits of esm_class that tell receipts from messages
_RECEIPT: Final = 0x04
_INTERMEDIATE: Final = 0x20
_HAS_HEADER: Final = 0x40
_FIELD: Final = re.compile(r"\b(id|done[ _]?date|stat|err)\s*:\s*([^\s:,;]*)(?=[\s,;]|$)", re.IGNORECASE)
_UNMARKED: Final = "It reads like a receipt, and its esm_class calls it a message: see the setting unmarked_receipts"
_TEXT: Final = re.compile(r"\btext\s*:", re.IGNORECASE)
# Status, kind of failure, and our code, by the first five letters: their number and spelling vary.
_STATES: Final[dict[str, tuple[ReceiptStatus, Kind, str]]] = {
    "SCHED": ("accepted", "operator", "scheduled"),
    "ENROU": ("accepted", "operator", "en_route"),
    "BUFFE": ("accepted", "operator", "en_route"),
    "ACCEP": ("accepted", "operator", "accepted"),
    "UNKNO": ("accepted", "operator", "unknown"),
    "DELIV": ("delivered", "operator", "delivered"),
    "EXPIR": ("failed", "operator", "expired"),
    "DELET": ("failed", "operator", "deleted"),
    "UNDEL": ("failed", "operator", "undeliverable"),
    "REJEC": ("failed", "operator", "rejected"),
    "FAILE": ("failed", "operator", "failed"),
    "SYSER": ("failed", "operator", "system_error"),
    "NOCRE": ("failed", "gateway", "no_credit"),
}
_BY_NUMBER: Final = ("SCHED", "ENROU", "DELIV", "EXPIR", "DELET", "UNDEL", "ACCEP", "UNKNO", "REJEC")


def normalised(provider_id: str) -> str:
    """An id as we compare it: gateways change its case and lose its leading zeros on the way."""
    return provider_id.strip().lower().lstrip("0") or ("0" if provider_id.strip() else "")


def read_delivered(received: Pdu, settings: Settings) -> Told:
    """What a deliver_sm or data_sm says: a receipt, with a `fault` when it is not understood, or a message to us."""
    try:
        delivered = (read_deliver if received.command == pdu.DELIVER_SM else read_data)(received.body)
    except Malformed as malformed:
        return Receipt(body=received.body, fault=f"It is malformed: {malformed}")
    kind = delivered.esm_class & _KIND
    fields = _fields(_words(delivered))
    if kind not in (_RECEIPT, _INTERMEDIATE) and tlv.RECEIPTED_MESSAGE_ID not in delivered.parameters:
        if "id" not in fields or _state(delivered, fields) not in _STATES:
            return message_of(delivered, received.body)
        # Anybody may have written such words: they are believed only where the gateway is known for it.
        if not settings.unmarked_receipts:
            return Receipt(body=received.body, fault=_UNMARKED)
    provider_id = _provider_id(delivered, fields, settings)
    if not provider_id:
        return Receipt(body=received.body, fault="It does not say of which message it speaks")
    state = _STATES.get(_state(delivered, fields))
    if state is None:
        return Receipt(body=received.body, fault=f"Its state is not known: {fields.get('stat', 'none')[:50]}")
    status, whose, code = state
    return Receipt(
        body=received.body,
        provider_id=provider_id,
        status="accepted" if kind == _INTERMEDIATE else status,
        kind=whose,
        code=code,
        reason=_reason(delivered, fields) if status == "failed" else None,
        happened_at=_moment(fields.get("donedate", ""), settings.time_zone),
    )


def _words(delivered: Delivered) -> str:
    message = delivered.message
    if delivered.esm_class & _HAS_HEADER and message:
        message = message[1 + message[0] :]
    return message.decode("utf-16-be" if delivered.data_coding == 8 else "latin-1", "replace")


def _fields(words: str) -> dict[str, str]:
    """The fields by their names; what stands behind `text:` was written by somebody and is believed last."""
    stated = _TEXT.search(words)
    found: dict[str, str] = {}
    for part in (words, "") if stated is None else (words[: stated.start()], words[stated.end() :]):
        for name, value in _FIELD.findall(part):
            if value:
                found.setdefault(re.sub("[ _]", "", name).lower(), value)
    return found


def _provider_id(delivered: Delivered, fields: dict[str, str], settings: Settings) -> str:
    parameter = delivered.parameters.get(tlv.RECEIPTED_MESSAGE_ID, b"").partition(b"\0")[0]
    by_parameter, by_words = normalised(parameter.decode("latin-1")), normalised(fields.get("id", ""))
    if by_parameter and by_words and by_parameter != by_words:
        # They differ because the parameter has it as the answer had it.
        return by_parameter
    found = by_parameter or by_words
    try:
        if settings.receipt_ids == "hex_to_decimal":
            return str(int(found, 16))
        if settings.receipt_ids == "decimal_to_hex":
            return f"{int(found):x}"
    except ValueError:
        return found
    return found


def _state(delivered: Delivered, fields: dict[str, str]) -> str:
    number = delivered.parameters.get(tlv.MESSAGE_STATE, b"")
    if len(number) == 1 and number[0] < len(_BY_NUMBER):
        return _BY_NUMBER[number[0]]
    return fields.get("stat", "").upper()[:5]


def _reason(delivered: Delivered, fields: dict[str, str]) -> str:
    stated = [f"{name} {fields[name]}" for name in ("stat", "err") if name in fields]
    error = delivered.parameters.get(tlv.NETWORK_ERROR_CODE, b"")
    if len(error) == 3:
        stated.append(f"network {error[0]} error {int.from_bytes(error[1:])}")
    return ", ".join(stated)[:300] or "The gateway does not say why"


def _moment(digits: str, time_zone: str) -> datetime | None:
    """The time of YYMMDDhhmm or YYMMDDhhmmss, None for anything else."""
    if len(digits) not in (10, 12) or not (digits.isascii() and digits.isdigit()):
        return None
    year, *others = (int(digits[at : at + 2]) for at in range(0, len(digits), 2))
    try:
        return datetime(2000 + year, *others, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
    except ValueError:
        return None
