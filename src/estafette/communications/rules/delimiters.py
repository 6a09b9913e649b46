"""Where tags and variables of a template begin and end, found before Liquid reads it.

The lexer of Liquid looks for an end again and again when there is none, and at spaces alike: 100,000 brackets keep it
busy for minutes. What has passed here it reads in a tenth of a second.
"""

import re
from collections.abc import Iterator
from typing import Final

MOST_IN_ONE: Final = 1_000
"""Characters of one tag or variable."""
_ENDS: Final = {"{{": "}}", "{%": "%}"}
_BEGIN: Final = re.compile(r"\{[{%]")
_SPACES: Final = re.compile(r"\s{40}")
_TAG: Final = re.compile(r"-?\s{0,40}(#|\w{0,40})")


class Unbalanced(Exception):
    """A tag or variable does not end, or is too long; `position` is where it begins."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def tags(source: str) -> Iterator[tuple[int, str | None]]:
    """Where each tag and variable begins, with the name of the tag, in order; raises Unbalanced."""
    position = 0
    while found := _BEGIN.search(source, position):
        start, begin = found.start(), found.group()
        end = source.find(_ENDS[begin], start + 2, start + 2 + MOST_IN_ONE)
        if end < 0 or _BEGIN.search(source, start + 2, end) or _SPACES.search(source, start, end):
            raise Unbalanced(start)
        name = _TAG.match(source, start + 2)
        yield start, name.group(1) if name and begin == "{%" else None
        position = end + 2
