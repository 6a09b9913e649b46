"""A frame for many readers: what is the same for all of them is made once."""

from typing import Any, Final

_TEXT: Final = 0x81
"""A whole text message (RFC 6455, section 5.2)."""


class Frame:
    """A text, the ASGI event that sends it, and how much it weighs while it waits for a reader."""

    __slots__ = ("characters", "event")

    def __init__(self, text: str) -> None:
        self.characters = len(text)
        # A server does not mask (RFC 6455, section 5.1), so the bytes are the same on every connection. The server
        # beneath takes them as they are if it knows how; any other one frames the text itself.
        self.event: dict[str, Any] = {"type": "websocket.send", "text": text, "framed": _framed(text.encode())}


def _framed(payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        return bytes((_TEXT, size)) + payload
    if size < 65_536:
        return bytes((_TEXT, 126)) + size.to_bytes(2, "big") + payload
    return bytes((_TEXT, 127)) + size.to_bytes(8, "big") + payload
