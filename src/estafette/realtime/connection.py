"""One open connection: frames wait in a bounded queue, and a reader who stops reading is closed, not remembered."""

import asyncio
import time
from collections import deque
from typing import Any, Final, Protocol

from estafette.base.ids import new_id
from estafette.realtime.models import Close, Follower

MAX_WAITING_FRAMES: Final = 1_000
MAX_WAITING_CHARACTERS: Final = 1_000_000
TYPING_SECONDS: Final = 1.0


class Socket(Protocol):
    """The accepted WebSocket: the two functions of ASGI."""

    async def receive(self) -> Any:
        """The next ASGI event."""
        ...

    async def send(self, event: Any) -> None:
        """Sends an ASGI event; waits while the other side does not read."""
        ...


class Connection:
    """A connection of a follower; `push` never waits."""

    __slots__ = ("_characters", "_closing", "_frames", "_socket", "_typed_at", "_writer", "follower", "heard_at", "id",
                 "sent_at", "topics")  # fmt: skip

    def __init__(self, socket: Socket, follower: Follower) -> None:
        self.id = new_id()
        self.follower = follower
        self.topics = follower.topics
        self.heard_at = self.sent_at = time.monotonic()
        self._socket = socket
        self._frames: deque[str] = deque()
        self._characters = 0
        self._writer: asyncio.Task[None] | None = None
        self._closing: Close | None = None
        self._typed_at = 0.0

    @property
    def is_open(self) -> bool:
        """False once it was told to close."""
        return self._closing is None

    def push(self, frame: str) -> None:
        """Queues a frame; a reader who is too far behind is closed and will resume by its numbers."""
        if self._closing is not None:
            return
        self._frames.append(frame)
        self._characters += len(frame)
        if len(self._frames) > MAX_WAITING_FRAMES or self._characters > MAX_WAITING_CHARACTERS:
            self.close(Close.TOO_SLOW)
        elif self._writer is None:
            self._writer = asyncio.create_task(self._write())

    def close(self, code: Close) -> None:
        """Drops what waits and closes with a code; closing again changes nothing."""
        if self._closing is not None:
            return
        self._closing = code
        self._frames.clear()
        self._characters = 0
        if self._writer is not None:
            # It may be waiting for a reader who does not read.
            self._writer.cancel()
        self._writer = asyncio.create_task(self._say_goodbye(code))

    def may_type(self) -> bool:
        """Whether a typing hint is due again: one a second is plenty."""
        now = time.monotonic()
        if now - self._typed_at < TYPING_SECONDS:
            return False
        self._typed_at = now
        return True

    async def _write(self) -> None:
        try:
            while self._frames:
                frame = self._frames.popleft()
                self._characters -= len(frame)
                await self._socket.send({"type": "websocket.send", "text": frame})
            self.sent_at = time.monotonic()
        except (OSError, RuntimeError):
            # The other side has gone; the receiving loop notices on its own.
            self._frames.clear()
            self._characters = 0
        finally:
            if self._closing is None:
                self._writer = None

    async def _say_goodbye(self, code: Close) -> None:
        try:
            async with asyncio.timeout(10):
                await self._socket.send({"type": "websocket.close", "code": int(code), "reason": code.name.lower()})
        except (OSError, RuntimeError, TimeoutError):
            return

    async def closed(self) -> None:
        """Waits until the goodbye has been said."""
        if self._writer is not None:
            await asyncio.gather(self._writer, return_exceptions=True)
