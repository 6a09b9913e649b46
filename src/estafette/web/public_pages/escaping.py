"""Words of partners inside HTML: they are text there, whatever they look like."""

from html import escape
from typing import Any, Final

import msgspec

_IN_SCRIPTS: Final = ((b"<", rb"\u003c"), (b">", rb"\u003e"), (b"&", rb"\u0026"))
# Line ends to some readers of scripts, not to JSON.
_LINE_ENDS: Final = ((b"\xe2\x80\xa8", rb"\u2028"), (b"\xe2\x80\xa9", rb"\u2029"))
_encode: Final = msgspec.json.Encoder().encode


def text(words: str) -> str:
    """Words as the content of an element or of an attribute in double quotes."""
    return escape(words, quote=True)


def data(kind: str, value: Any, attributes: str = "") -> str:
    """A data block (HTML, 4.12.1): never run, so that the policy of scripts does not concern it."""
    encoded = _encode(value)
    for sign, harmless in (*_IN_SCRIPTS, *_LINE_ENDS):
        encoded = encoded.replace(sign, harmless)
    return f'<script type="{kind}"{attributes}>{encoded.decode()}</script>'
