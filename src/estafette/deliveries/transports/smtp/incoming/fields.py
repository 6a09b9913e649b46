"""Fields and parts of letters as strangers write them: nothing in them is believed to be well-formed."""

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from typing import Final, cast

from estafette.base.brief import brief

LONGEST: Final = 2_000
_FIELD_BYTES: Final = 20_000
_PARTS: Final = 100
_DEPTH: Final = 10
_ID: Final = re.compile(r"<([^<>\s]{3,300})>")


def field(letter: Message, name: str) -> str:
    """The value of a field in one line, encoded words decoded (RFC 2047); "" when it is not there."""
    raw = str(letter.get(name, ""))[:_FIELD_BYTES]
    try:
        value = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        value = raw
    return brief(value, LONGEST)


def ids_in(value: str) -> list[str]:
    """The message ids in a value, without their angle brackets."""
    return _ID.findall(value)


def parts_of(letter: Message, depth: int = _DEPTH) -> Iterator[Message]:
    """A letter and the parts of it, as they stand, but not those of letters within."""
    yield letter
    if depth and letter.is_multipart() and letter.get_content_maintype() == "multipart":
        for part in cast("list[Message]", letter.get_payload())[:_PARTS]:
            yield from parts_of(part, depth - 1)


def content_of(part: Message) -> str:
    """The text of a part, in whatever it says that its letters are."""
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes):
        return ""
    try:
        return octets.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        # Some encodings of the library are none of texts, or take no errors.
        return octets.decode("utf-8", "replace")
