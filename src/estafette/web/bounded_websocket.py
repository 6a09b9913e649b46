"""uvicorn's WebSocket with limits for what a client sends: frames and bytes a second.

Frames of a few bytes (heartbeats, pings, empty fragments) cost the sender next to nothing and the parser 10 µs each:
one socket that sent them as fast as it could let everybody else's messages wait for seconds. Control frames and
fragments never reach the application, so they are counted here, and in small pieces, so that the parser never has more
than a handful at once.

Reaches into uvicorn's WebSocket protocol, as `framed_once.py` does; tests/web/test_bounded_websocket.py notices when
that changes.
"""

from typing import Any, Final

from websockets.protocol import State

from estafette.web.bucket import Bucket
from estafette.web.framed_once import FramedOnce
from estafette.web.peers import PLACE, Place

POLICY_VIOLATION: Final = 1008
"""RFC 6455, section 7.4.1."""
BURST_FRAMES, FRAMES_A_SECOND = 60, 10
"""A client sends a heartbeat every 20 seconds, and every 3 seconds that somebody writes."""
BURST_BYTES, BYTES_A_SECOND = 131_072, 8_192
"""Two of the longest frames."""
PIECE: Final = 512
LINGER_SECONDS, LINGER_BYTES = 2.0, 262_144
"""For the other side to read the code: closed at once, what it still sends would reset the connection."""


class BoundedWebSocket(FramedOnce):
    """Closes with 1008 whoever sends too many frames or bytes."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # That of the HTTP connection that it was.
        self._place: Place | None = self.app_state.get(PLACE)
        if self._place is not None:
            self._place.peer = self
        self._frames = Bucket(burst=BURST_FRAMES, per_second=FRAMES_A_SECOND)
        self._bytes = Bucket(burst=BURST_BYTES, per_second=BYTES_A_SECOND)
        self._flooded = False
        self._unread = 0

    def begin(self) -> None:
        """Nothing to do: whoever asked for a WebSocket has been read."""

    def is_idle(self) -> bool:
        """Whether only the other side is still to close."""
        return self.close_sent

    def abort(self) -> None:
        """Ends the connection without a word."""
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gives its place back."""
        if self._place is not None:
            self._place.leave()
            self._place = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes what came, piece by piece."""
        if not self.handshake_initiated:
            super().data_received(data)
            if not self.handshake_initiated:
                # The library does not like the head, and has only written down why.
                self.transport.write(b"".join(self.conn.data_to_send()))
                self.transport.close()
            return
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            if self._flooded:
                self._discard(piece)
            elif self.transport.is_closing():
                return
            elif self._bytes.take(len(piece)):
                super().data_received(piece)
            else:
                self._turn_away()

    def handle_events(self) -> None:
        """Counts the frames of a piece before they are looked at."""
        if self._frames.take(len(self.conn.events)):
            super().handle_events()
        else:
            self._turn_away()

    def _turn_away(self) -> None:
        self._flooded = True
        if self._place is not None:
            self._place.refused()
        if self.close_sent or not self.handshake_complete or self.conn.state is not State.OPEN:
            self.transport.abort()
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": POLICY_VIOLATION, "reason": "too_many_frames"})
        # What would be answered, such as pings, is no longer.
        self.conn.data_to_send()
        self.conn.send_close(POLICY_VIOLATION, "too_many_frames")
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.close_timer = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def _discard(self, piece: bytes) -> None:
        self._unread += len(piece)
        if self._unread > LINGER_BYTES:
            self.transport.abort()
