"""Texts that people type: trimmed, without control characters, not too long; and how they are compared."""

from collections.abc import Callable
from typing import Final
from unicodedata import category, combining, normalize

from estafette.accounts.rules.forms import Wrong
from estafette.base.visible import is_plain, is_visible

# Characters that turn the direction of the text around them: with them a name can pretend to be another.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN_CATEGORIES: Final = frozenset(("Cc", "Cs", "Zl", "Zp"))


def line(longest: int, *, shortest: int = 1) -> Callable[[str], str]:
    """A rule for one line of at most `longest` characters; an empty one is refused as `required`."""

    def read(value: str) -> str:
        text = _clean(value.strip())
        if not is_visible(text):
            text = ""
        if len(text) > longest:
            raise Wrong("too_long", max=longest)
        if not text and shortest:
            raise Wrong("required")
        return text

    return read


def optional_line(longest: int) -> Callable[[str | None], str | None]:
    """A rule for a line that may be left out: an empty one is none."""
    read = line(longest, shortest=0)
    return lambda value: (read(value) or None) if value is not None else None


def paragraphs(longest: int) -> Callable[[str], str]:
    """A rule for a text of several lines, at most `longest` characters; line ends become newlines, tabs spaces."""

    def read(value: str) -> str:
        text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
        for each in text.split("\n"):
            _clean(each)
        if not is_visible(text):
            return ""
        if len(text) > longest:
            raise Wrong("too_long", max=longest)
        return text

    return read


def folded(text: str) -> str:
    """The text as it is searched and sorted: without case, accents, width or other variants of writing."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = normalize("NFKD", normalize("NFKD", text).casefold())
    return " ".join("".join(each for each in plain if not combining(each)).split())


def _clean(text: str) -> str:
    if is_plain(text):
        return text
    if any(category(each) in _FORBIDDEN_CATEGORIES or each in _TURNING for each in text):
        raise Wrong("forbidden_character")
    return normalize("NFC", text)
