"""Reads what Kannel reports by fetching an address that we gave it."""

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from estafette.base.brief import brief
from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.messages import Kind, Receipt, ReceiptStatus
from estafette.deliveries.models.transport import Callback
from estafette.deliveries.transports.kannel.messages import message_of
from estafette.deliveries.transports.kannel.signing import is_signed

MOST_FIELDS: Final = 50
# What became of it, and whose fault it is when it failed.
STATUSES: Final[dict[str, tuple[ReceiptStatus, Kind]]] = {
    "1": ("delivered", "operator"),
    "2": ("failed", "operator"),
    "4": ("accepted", "operator"),  # in the network's queue
    "8": ("accepted", "operator"),  # taken by the network
    "16": ("failed", "gateway"),  # not taken by it
}
STATE: Final = re.compile(r"\bstat:([A-Za-z]{1,10})\b")
REFUSED: Final = re.compile(r"^NACK/0x([0-9A-Fa-f]{8})\b")
CODES: Final = {
    "EXPIRED": "expired",
    "DELETED": "deleted",
    "UNDELIV": "undeliverable",
    "REJECTD": "rejected",
    "00000058": "throttled",
    "0000000b": "bad_destination",
    "0000000a": "bad_sender",
}


def read(callback: Callback, secret: str) -> Told:
    """A report or a message; raises CallbackRefused unless its id has our own signature, or it bears the secret."""
    query = urlsplit(callback.url).query
    try:
        said = dict(parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise CallbackRefused from error
    if "text" in said:
        return message_of(said, query.encode(), secret)
    provider_id = said.get("id", "")
    if not provider_id or not is_signed(provider_id, said.get("sign", ""), secret):
        raise CallbackRefused
    body = query.encode()[:65_536]
    if said.get("status") not in STATUSES:
        return Receipt(body=body, fault="unknown_status")
    status, kind = STATUSES[said["status"]]
    if status != "failed":
        return Receipt(body=body, provider_id=provider_id, status=status, kind=kind)
    words = said.get("said", "")
    return Receipt(
        body=body,
        provider_id=provider_id,
        status=status,
        kind=kind,
        code=code_of(words) or ("rejected" if kind == "gateway" else "undeliverable"),
        reason=brief(words) or None,
    )


def code_of(words: str) -> str | None:
    """The code of a failure, from the words of a receipt or of a refusal as the network sent it."""
    if refused := REFUSED.match(words):
        status = refused[1].lower()
        return CODES.get(status, f"status_{status[4:]}")
    state = STATE.search(words)
    return CODES.get(state[1].upper()) if state else None
