"""Names of files: made harmless when they come, written into headers when they go."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from estafette.base.visible import is_visible

MAX_NAME_BYTES: Final = 255
MAX_EXTENSION_BYTES: Final = 32
NAMELESS: Final = "file"

# Marks that turn the direction of writing can make "photo‮gpj.exe" look like a picture.
_DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


def harmless(name: str) -> str:
    """The last part of a path, without control characters, composed (NFC), at most 255 bytes, its extension kept."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    visible = "".join(each for each in last if unicodedata.category(each) not in _INVISIBLE and each not in _DIRECTIONS)
    clean = unicodedata.normalize("NFC", " ".join(visible.split())).rstrip(". ")
    return _shortened(clean) if is_visible(clean) else NAMELESS


def disposition(name: str, *, inline: bool) -> str:
    """The Content-Disposition of a file (RFC 6266): an ASCII name for old readers, the true one beside it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\%;]', "_", plain).strip() or NAMELESS
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(name: str) -> str:
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > MAX_EXTENSION_BYTES:
        stem, dot, extension = name, "", ""
    limit = MAX_NAME_BYTES - len((dot + extension).encode())
    return stem.encode()[:limit].decode(errors="ignore") + dot + extension
