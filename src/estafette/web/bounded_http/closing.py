"""Closing a connection in order when its answer came before the end of its body (RFC 9112, section 9.6).

Closed at once, what the other side still sends would reset the connection, and the answer that it has not read yet
would be lost: nginx says 502 then. So we say that we are done writing, and read on for as long as the body is bounded.
"""

from asyncio import Transport
from collections.abc import Callable


class ClosingInOrder:
    """What a last answer is written to: `close` leaves it to `finish` when and how the connection ends."""

    __slots__ = ("close", "is_closing", "write")

    def __init__(self, transport: Transport, finish: Callable[[], None]) -> None:
        self.write, self.is_closing, self.close = transport.write, transport.is_closing, finish
