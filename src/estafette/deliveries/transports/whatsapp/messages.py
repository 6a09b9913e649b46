"""Reads what people write to a WhatsApp number."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Receipt

_WA_ID: Final = re.compile(r"\d{5,20}")
_WORD: Final = re.compile(r"[a-z_]{1,30}")
LONGEST_ID: Final = 300
UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading JSON of others may raise: it is none, of another form, in another encoding, or a bottomless pit."""


class _Profile(msgspec.Struct, frozen=True):
    name: str = ""


class _Contact(msgspec.Struct, frozen=True):
    wa_id: str
    profile: _Profile = _Profile()


class _Words(msgspec.Struct, frozen=True):
    """What is written in a part of a message, whatever the part calls it."""

    body: str = ""
    text: str = ""
    title: str = ""
    caption: str = ""
    filename: str = ""
    emoji: str = ""
    name: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


class _Interactive(msgspec.Struct, frozen=True):
    button_reply: _Words = _Words()
    list_reply: _Words = _Words()


class _Context(msgspec.Struct, frozen=True):
    id: str = ""


class _Reaction(msgspec.Struct, frozen=True):
    message_id: str = ""


class _Message(msgspec.Struct, frozen=True):
    id: str
    type: str
    timestamp: str
    from_: str = msgspec.field(name="from")
    context: _Context | None = None
    interactive: _Interactive = _Interactive()


def message_of(raw: bytes, names: Mapping[str, str], recipient: str) -> InboundMessage | Receipt:
    """A message as it came; with a fault when it is not understood. Of what is no text it says which kind it is."""
    try:
        said = msgspec.json.decode(raw, type=_Message)
        parts: dict[str, msgspec.Raw] = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except UNREADABLE:
        return Receipt(body=raw, fault="not_understood")
    if not 0 < len(said.id) <= LONGEST_ID or not _WA_ID.fullmatch(said.from_):
        return Receipt(body=raw, fault="no_message_id")
    reaction = _as(_Reaction, parts.get("reaction"))
    answered = [said.context.id if said.context else "", reaction.message_id if reaction else ""]
    return InboundMessage(
        body=raw,
        channel="whatsapp",
        sender=f"+{said.from_}",
        recipient=recipient,
        text=_text_of(said, _as(_Words, parts.get(said.type))),
        sender_name=names.get(said.from_),
        provider_id=said.id,
        answers=tuple(each for each in answered if each),
        happened_at=moment(said.timestamp),
    )


def _text_of(said: _Message, words: _Words | None) -> str:
    if said.type == "interactive":
        return said.interactive.button_reply.title or said.interactive.list_reply.title
    words = words or _Words()
    if said.type in ("text", "button", "reaction"):
        return words.body or words.text or words.emoji
    place = f"{words.latitude}, {words.longitude}" if words.latitude is not None else ""
    kind = f"[{said.type}]" if _WORD.fullmatch(said.type) else ""
    known = (kind, words.filename, words.name, words.address, place, words.caption)
    return " ".join(each for each in known if each)


def names_of(contacts: Sequence[msgspec.Raw]) -> dict[str, str]:
    """How those who write call themselves, by the name that WhatsApp has for them."""
    found = [contact for each in contacts if (contact := _as(_Contact, each)) is not None]
    return {each.wa_id: each.profile.name for each in found if each.profile.name}


def _as(type_: Any, raw: msgspec.Raw | None) -> Any:
    if raw is None:
        return None
    try:
        return msgspec.json.decode(raw, type=type_)
    except UNREADABLE:
        return None


def moment(timestamp: str) -> datetime | None:
    """A Unix time in seconds, as text; None for everything else."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11):
        return None
    return datetime.fromtimestamp(int(timestamp), UTC)
