"""What a file is, told from its content alone: what the sender claims is not believed."""

import codecs
import re
from typing import Final

import filetype

HEAD_BYTES: Final = 8192
UNKNOWN: Final = "application/octet-stream"
TEXT: Final = "text/plain"
# Shown inside the page, once they were decoded. Everything else is handed out as an attachment.
SAFE_IMAGES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

# What they tell of people is taken out, also where nothing here can show them.
STRIPPED: Final = SAFE_IMAGES | {"image/avif", "image/heic"}

_SAME: Final = {"image/apng": "image/png"}
# What people send each other. Programs and whatever a browser could run stay unknown.
_BELIEVED: Final = re.compile(
    r"image/(png|jpeg|gif|webp|apng|avif|heic|tiff|bmp)|audio/.+|video/.+"
    r"|application/(pdf|rtf|zip|gzip|epub\+zip|msword|x-(tar|7z-compressed|rar-compressed|bzip2|xz)"
    r"|vnd\.(ms-excel|ms-powerpoint|openxmlformats-officedocument\..+|oasis\.opendocument\..+))"
)
_HOLDING_TEXT: Final = re.compile(
    r"text/plain|application/(pdf|zip|vnd\.(openxmlformats-officedocument|oasis\.opendocument)\..+)"
)
"""Office documents whose parts lie in an unusual order look like any archive."""
_NOT_TEXT: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def sniff(head: bytes, *, is_text: bool) -> str:
    """The media type that the first 8 KiB tell; HTML, SVG, XML and scripts are plain text, the rest is unknown."""
    guess: str = (filetype.guess_mime(head) if head else None) or UNKNOWN
    if _BELIEVED.fullmatch(guess):
        return _SAME.get(guess, guess)
    return plain(is_text=is_text)


def may_hold_text(media_type: str) -> bool:
    """Whether a file of this type is looked into for text."""
    return _HOLDING_TEXT.fullmatch(media_type) is not None


def plain(*, is_text: bool) -> str:
    """The media type of what is neither believed nor understood."""
    return TEXT if is_text else UNKNOWN


class TextTest:
    """Tells whether bytes that come piece by piece are UTF-8 text without control characters."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._sound = True
        self._empty = True

    def feed(self, piece: bytes) -> None:
        """Looks at the next piece."""
        if not self._sound:
            return
        self._empty = self._empty and not piece
        try:
            self._decoder.decode(piece)
        except UnicodeDecodeError:
            self._sound = False
        else:
            self._sound = _NOT_TEXT.search(piece) is None

    def passed(self) -> bool:
        """Whether all that came is text; nothing at all is not."""
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return self._sound and not self._empty
