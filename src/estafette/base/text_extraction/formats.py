"""Finds out what a file is, by its content alone, and reads its text piece by piece."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from estafette.base.text_extraction.archives import archive_texts
from estafette.base.text_extraction.limits import MAX_CHARACTERS, MAX_CONTENT_BYTES
from estafette.base.text_extraction.pdf import pdf_texts
from estafette.base.text_extraction.refusals import NoText
from estafette.base.text_extraction.web_pages import page_text

_HEAD_BYTES: Final = 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_PAGE: Final = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)
# A page says most of its words after its scripts and styles.
_MARKUP_BYTES: Final = 4 * 1024 * 1024


def texts(source: BinaryIO) -> Iterator[str]:
    """The text of a file, in pieces; raises NoText where there is none or no more."""
    head = source.read(_HEAD_BYTES)
    if b"%PDF-" in head:
        yield from pdf_texts(_whole(head, source))
    elif head.startswith(b"PK"):
        yield from archive_texts(_whole(head, source))
    elif head.startswith(_OLE):
        raise NoText("encrypted" if _ENCRYPTED_PACKAGE in _whole(head, source) else "no_text")
    elif _PAGE.match(head):
        yield page_text(_decoded(head + source.read(_MARKUP_BYTES)))
    else:
        # No character has more than four bytes.
        yield _decoded(head + source.read(4 * MAX_CHARACTERS))


def _whole(head: bytes, source: BinaryIO) -> bytes:
    content = head + source.read(MAX_CONTENT_BYTES)
    if len(content) > MAX_CONTENT_BYTES:
        raise NoText("too_large")
    return content


def _decoded(content: bytes) -> str:
    if b"\0" in content[:_HEAD_BYTES]:
        raise NoText("no_text")
    return content.decode("utf-8-sig", errors="ignore")
