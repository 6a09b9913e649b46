"""The body of a letter: a text, and its HTML where there is one (RFC 2045 and 2046).

`EmailMessage` reads each field that it writes by the whole grammar, which is nine tenths of the time that a letter
takes; these few fields are the same in every letter.
"""

from base64 import encodebytes
from binascii import b2a_qp
from secrets import token_hex
from typing import Final

_LONGEST: Final = 78
"""Characters of a line that goes as it is (RFC 5322, 2.1.1)."""


def body(text: str, html: str | None) -> bytes:
    """The fields of the body, an empty line, and the body; the HTML stands last: who can show both shows that.

    Seven bits pass everywhere, and no server on the way has a reason to rewrite what is signed.
    """
    parts = [_part(text, "plain")] + ([_part(html, "html")] if html else [])
    if len(parts) == 1:
        return b"MIME-Version: 1.0\r\n" + parts[0]
    # An equals sign before an underscore is in no encoded text, and nobody guesses the rest.
    boundary = f"=_{token_hex(16)}".encode()
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="' + boundary + b'"\r\n\r\n'
    between = b"--" + boundary
    # The line break before a boundary belongs to it.
    return head + b"".join(between + b"\r\n" + each + b"\r\n" for each in parts) + between + b"--\r\n"


def _part(text: str, subtype: str) -> bytes:
    lines = text.splitlines() or [""]
    content = ("\r\n".join(lines) + "\r\n").encode("utf-8", "replace")
    if content.isascii() and all(len(each) <= _LONGEST for each in lines) and "\0" not in text:
        return _head(subtype, "us-ascii", "7bit") + content
    quoted = b2a_qp(content.replace(b"\r\n", b"\n"), istext=True).replace(b"\n", b"\r\n")
    if len(quoted) <= len(content) * 4 // 3:
        return _head(subtype, "utf-8", "quoted-printable") + quoted
    return _head(subtype, "utf-8", "base64") + encodebytes(content).replace(b"\n", b"\r\n")


def _head(subtype: str, charset: str, encoding: str) -> bytes:
    return (
        f'Content-Type: text/{subtype}; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    ).encode()
