"""Reports of mail servers about letters of ours: delivery status notifications (RFC 3464), and those in plain words."""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from typing import Final, cast

from estafette.base.brief import brief
from estafette.deliveries.models.messages import Receipt, ReceiptStatus
from estafette.deliveries.transports.smtp.answers import meaning
from estafette.deliveries.transports.smtp.incoming.fields import content_of, field, ids_in, parts_of

NO_MESSAGE_ID: Final = "no_message_id"
"""The fault of a report about no letter of ours."""

# What letters of ours are called: see `writing.write`.
_OURS: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^<>\s]{1,255}")
_STATUS: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE: Final = re.compile(r"\b(5\d\d)\b")
_EXPIRED: Final = (4, 7)  # subject and detail: it was tried for as long as the server tries
_ACTIONS: Final[dict[str, tuple[ReceiptStatus, str]]] = {
    "delayed": ("accepted", "delayed"),
    "delivered": ("delivered", "delivered"),
    "relayed": ("accepted", "relayed"),
    "expanded": ("accepted", "expanded"),
}


def read_bounce(letter: Message, body: bytes) -> Receipt:
    """What a delivery status notification says of the letter that it returns; a letter of ours has one recipient."""
    provider_id = original_id(letter)
    if provider_id is None:
        return Receipt(body=body, fault=NO_MESSAGE_ID)
    stated = next((each for each in _recipients(letter) if each.get("action")), None)
    if stated is None:
        return Receipt(body=body, fault="no_action")
    action = field(stated, "action").split()[0].lower() if field(stated, "action").split() else ""
    words = field(stated, "diagnostic-code")
    if action in _ACTIONS:
        status, code = _ACTIONS[action]
        return Receipt(body=body, provider_id=provider_id, status=status, code=code, reason=brief(words) or None)
    if action != "failed":
        return Receipt(body=body, fault="unknown_status")
    return _failed(body, provider_id, f"{field(stated, 'status')} {words}")


def plain_bounce(letter: Message, body: bytes) -> Receipt | None:
    """A failure that a server tells in words only: it names a letter of ours and a permanent status."""
    words = "\n".join(content_of(part) for part in parts_of(letter) if part.get_content_maintype() == "text")
    named = _OURS.search(words)
    provider_id = original_id(letter) or (named[0] if named else None)
    status = next((each for each in _STATUS.finditer(words) if each[1] == "5"), None)
    failed = status or _CODE.search(words)
    if provider_id is None or failed is None:
        return None
    line = next((each for each in words.splitlines() if failed[0] in each), failed[0])
    return _failed(body, provider_id, f"{failed[0]} {line}")


def original_id(letter: Message) -> str | None:
    """How the letter is called that a report is about: by what it returns of it, else by what it answers."""
    for part in parts_of(letter):
        kind = part.get_content_type()
        if kind in ("message/rfc822", "message/global") and part.is_multipart():
            returned = cast("list[Message]", part.get_payload())[0]
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            returned = Parser().parsestr(content_of(part), headersonly=True)
        else:
            continue
        if found := _ours(field(returned, "message-id")):
            return found
    for name in ("x-original-message-id", "in-reply-to", "references"):
        if found := _ours(field(letter, name)):
            return found
    return None


def _failed(body: bytes, provider_id: str, words: str) -> Receipt:
    stated = [(int(each[2]), int(each[3])) for each in _STATUS.finditer(words)]
    # Servers say 5.0.0 where the other side was more exact.
    subject, detail = next((each for each in stated if each != (0, 0)), (None, None))
    code = "expired" if (subject, detail) == _EXPIRED else _meaning(subject, detail)
    return Receipt(
        body=body, provider_id=provider_id, status="failed", kind="operator", code=code, reason=brief(words) or None
    )


def _meaning(subject: int | None, detail: int | None) -> str:
    if subject == 1 and detail in (7, 8):
        return "sender_refused"
    return meaning("RCPT", 550, subject, detail)


def _ours(value: str) -> str | None:
    return next((each for each in ids_in(value) if _OURS.fullmatch(each)), None)


def _recipients(letter: Message) -> Iterator[Message]:
    """The groups of fields of the status part: one about the letter, then one for each recipient."""
    for part in parts_of(letter):
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from cast("list[Message]", part.get_payload())
