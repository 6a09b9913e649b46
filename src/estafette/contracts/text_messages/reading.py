"""How a message is read: field by field in the order of the document, the first bad one answers.

What is wrong is repeated as it was sent: a text without its quotes, everything else as it stood in the JSON.
"""

import re
from typing import Final, Literal, NoReturn

import msgspec

from estafette.base.phones import phone
from estafette.contracts.text_messages.errors import UnreadableMessage, WrongValue
from estafette.contracts.text_messages.models import TextType

SHORTEST_MESSAGE: Final = 10
LONGEST_MESSAGE: Final = 150
SHORTEST_NAME: Final = 3
LONGEST_NAME: Final = 15

_WORDS: Final = {
    "message": 'The message "%s" needs to be between 10 and 150 chars.',
    "from": 'The name "%s" needs to be between 3 and 15 characters.',
    "to": "The number %s is a invalid number.",
    "type": "The number %s is a invalid number.",
}
Field = Literal["message", "from", "to", "type"]

# E.164 has at most 15 digits; JSON knows no zeros in front.
_NUMBER: Final = re.compile(rb"[1-9][0-9]{1,14}")
_TYPES: Final[dict[str, TextType]] = {"SMS": "SMS", "MMS": "MMS"}
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it was asked for; `to` in E.164."""

    message: str
    sender: str
    to: str
    type: TextType


def read(body: bytes) -> Wanted:
    """What a body asks for; raises UnreadableMessage for what is no JSON object, WrongValue for the first bad field."""
    given = _object(body)
    return Wanted(
        message=_text(given, "message", SHORTEST_MESSAGE, LONGEST_MESSAGE),
        sender=_text(given, "from", SHORTEST_NAME, LONGEST_NAME),
        to=_number(given),
        type=_type(given),
    )


def refused(wanted: Wanted, fields: set[str]) -> WrongValue:
    """What to answer when a message is as the document demands and cannot be sent; `fields` as deliveries name them."""
    if "text" in fields:
        return WrongValue(sentence=_WORDS["message"] % wanted.message)
    if "from" in fields:
        return WrongValue(sentence=_WORDS["from"] % wanted.sender)
    return WrongValue(sentence=_WORDS["to"] % wanted.to.removeprefix("+"))


def _object(body: bytes) -> dict[str, msgspec.Raw]:
    try:
        # What is skipped is checked for its syntax, but not for its characters.
        body.decode()
        return _fields.decode(body)
    except msgspec.ValidationError:
        raise UnreadableMessage(reason="The body is not a JSON object.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UnreadableMessage(reason="The body is not valid JSON.") from None


def _text(given: dict[str, msgspec.Raw], field: Field, shortest: int, longest: int) -> str:
    value = _value(given, field)
    # What PostgreSQL cannot store is no text either.
    if value is None or not shortest <= len(value) <= longest or "\0" in value:
        _refuse(given, field)
    return value


def _number(given: dict[str, msgspec.Raw]) -> str:
    raw = bytes(given.get("to", b""))
    if not _NUMBER.fullmatch(raw):
        _refuse(given, "to")
    number = f"+{raw.decode()}"
    # Possible, not valid: the numbers of the document itself are older than a digit that Brazil has added since. And
    # in international form: without the zero that only callers at home put in front of it.
    if phone(number) != number:
        _refuse(given, "to")
    return number


def _type(given: dict[str, msgspec.Raw]) -> TextType:
    value = _value(given, "type")
    if value is None or value not in _TYPES:
        _refuse(given, "type")
    return _TYPES[value]


def _value(given: dict[str, msgspec.Raw], field: Field) -> str | None:
    """The text that was sent; None for everything else."""
    raw = bytes(given.get(field, b""))
    return msgspec.json.decode(raw, type=str) if raw.startswith(b'"') else None


def _refuse(given: dict[str, msgspec.Raw], field: Field) -> NoReturn:
    value = _value(given, field)
    sent = bytes(given.get(field, b"")).decode() if value is None else value
    raise WrongValue(sentence=_WORDS[field] % sent)
