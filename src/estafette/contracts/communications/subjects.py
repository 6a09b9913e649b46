"""The subject of a message that was given none: its first line, which stays a template that can be read."""

import re
from typing import Final

CHARACTERS: Final = 100
"""Of a subject; one with conditions is not cut, but counted when it was filled in."""
_LOOKED_AT: Final = 4_000
_PART: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPENS: Final = re.compile(r"\{%-?\s*(?:if|unless|case)\b")
_CLOSES: Final = re.compile(r"\{%-?\s*end(?:if|unless|case)\b")
_ASSIGNS: Final = re.compile(r"\{%-?\s*assign\b")


def subject_of(message: str) -> str:
    """The first line of a message that says something.

    No variable is cut in two. Where a condition goes on in the next line, or the message has variables of its own,
    neither tags nor variables are taken over.
    """
    beginning = message[:_LOOKED_AT]
    has_own = _ASSIGNS.search(beginning) is not None
    for line in map(str.strip, beginning.splitlines()):
        is_whole = not has_own and len(_OPENS.findall(line)) == len(_CLOSES.findall(line))
        said = line if is_whole else " ".join(_PART.sub(" ", line).split())
        if _PART.sub("", said).strip() or "{{" in said:
            return said if "{%" in said else _shortened(said)
    return ""


def _shortened(line: str) -> str:
    if len(line) <= CHARACTERS:
        return line
    end = CHARACTERS - 1
    cut = next((each for each in _PART.finditer(line) if each.start() < end < each.end()), None)
    return f"{line[: cut.start() if cut else end].rstrip()}…"
