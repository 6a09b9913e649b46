"""Which bytes of a file a request asks for (RFC 9110, sections 13 and 14)."""

import re
from typing import Final

_SINGLE: Final = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*")


class Unsatisfiable(Exception):
    """None of the bytes asked for exist."""


def asked(header: str | None, size: int) -> tuple[int, int] | None:
    """Start and end (not included) of one range; None means the whole file. Raises Unsatisfiable.

    A header that makes no sense or asks for several ranges is ignored, as the RFC allows.
    """
    match = _SINGLE.fullmatch(header or "")
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= end:
        raise Unsatisfiable
    return start, end


def matches(header: str | None, tag: str) -> bool:
    """Whether If-None-Match names an entity tag; weak tags count too."""
    if header is None:
        return False
    names = {each.strip().removeprefix("W/") for each in header.split(",")}
    return "*" in names or tag in names
