"""uvicorn's HTTP connection with the limits that it lacks: the size of a head, and the time for a head and a body.

Without them one connection with 100 MB of small headers takes a gigabyte before anybody is asked to sign in, and
connections that say nothing, or a byte now and then, are kept for ever. A proxy in front has such limits of its own;
nothing here counts on one. Apache's mod_reqtimeout and nginx's client_header_timeout do the same.

The only module that reaches into uvicorn's HTTP protocol; tests/web/test_bounded_http.py notices when that changes.
"""

from asyncio import TimerHandle, Transport
from enum import Enum, auto
from http import HTTPStatus
from itertools import islice
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from estafette.base.open_files import open_files
from estafette.web.peers import PLACE, Peers, Place

HEAD_BYTES: Final = 65_536
"""Of a request line with its headers, of trailers, and of what surrounds the bytes of a body, each."""
HEAD_FIELDS: Final = 250
CHUNK_BYTES: Final = 32
"""What a chunk may bring along beside its bytes (RFC 9112, section 7.1) and not have it counted."""
PIPELINED: Final = 32
"""Requests that wait for the answer to the one before them: reading goes on after each, so they could become many."""
UNWANTED_BYTES: Final = 67_108_864
"""Of a body that nobody reads because its answer was given: enough for who sends too large a file to read why."""
THROTTLED_BYTES: Final = 16_384
"""That may come at once on a new connection that is not to be read yet."""
LOOKED_AT: Final = 100
"""Connections, to find one that does nothing when there is no room for more."""
_ANNOUNCE_A_BODY: Final = frozenset({b"content-length", b"transfer-encoding"})
LINGER_SECONDS, LINGER_BYTES = 2.0, 262_144
"""For the other side to read why it is refused: closed at once, what it still sends would reset the connection."""


class _Phase(Enum):
    HEAD = auto()
    BODY = auto()
    ANSWER = auto()


class _Refused(Exception):
    """Ends the parsing of what goes beyond a limit."""


class BoundedHttp(HttpToolsProtocol):
    """Refuses with 431 what has too large a head, and with 408 what takes too long; then the connection is closed."""

    head_seconds: ClassVar[float] = 20.0
    """For a whole head, from the opening of the connection or the end of the answer before it."""
    body_seconds: ClassVar[float] = 20.0
    """After which it is looked how much of a body has come, again and again."""
    body_rate: ClassVar[float] = 500.0
    """Bytes a second that must have come meanwhile."""
    keep_alive_seconds: ClassVar[float] = 15.0
    """Without a request after an answer."""
    proxy_keep_alive_seconds: ClassVar[float] = 125.0
    """The same for trusted proxies: longer than they keep one themselves, so that they never use one as it closes."""

    throttled_seconds: ClassVar[float] = 1.0
    """Before the first byte is looked at that comes from an address that is throttled: so long it cannot come again."""

    def __init__(self, *arguments: Any, peers: Peers | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._peers = peers
        self._place: Place | None = None
        self._phase = _Phase.HEAD
        self._requests = 0
        self._head_bytes = self._head_fields = self._around = self._unwanted = 0
        self._body_bytes, self._was_paused = 0, False
        self._timer: TimerHandle | None = None
        self._waiting: TimerHandle | None = None
        self._kept_back: list[bytes] | None = None
        self._timed: tuple[_Phase, int] | None = None
        self._refusal = HTTPStatus.BAD_REQUEST
        self._begun = self._refused = self._upgraded = self._is_last = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Gives the first head its time, and lets whoever is throttled wait."""
        super().connection_made(transport)
        self.timeout_keep_alive = self.keep_alive_seconds  # type: ignore[assignment]
        self._watch_the_time()
        if len(self.connections) > open_files.connections and not self._make_room():
            transport.abort()
            return
        peers, address = self._peers, self.client[0] if self.client is not None else ""
        if peers is None:
            return
        if peers.trusts(address):
            self.timeout_keep_alive = self.proxy_keep_alive_seconds  # type: ignore[assignment]
            return
        self._place = peers.enter(address, self)
        if self._place is None:
            self._is_last = True
            transport.write(_refusal(HTTPStatus.TOO_MANY_REQUESTS))
            transport.close()
            return
        # Each scope brings a copy, that of a WebSocket as well.
        self.app_state = {**self.app_state, PLACE: self._place}
        if self._place.waits:
            self._kept_back = []
        elif peers.is_throttled(address):
            self._wait_a_moment()

    def begin(self) -> None:
        """Reads what had to wait for a place; whoever is throttled by now waits once more."""
        if self._place is not None and self._peers is not None and self._peers.is_throttled(self._place.where):
            self._wait_a_moment()
        else:
            self._waiting = self.loop.call_later(0, self._read_at_last)

    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return not self._answering

    def abort(self) -> None:
        """Ends the connection without a word."""
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the time."""
        self._stop_the_time()
        self._leave()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parses what came, as long as it keeps within the limits."""
        if self._refused:
            self._discard(data)
            return
        if self._is_last:
            return
        if self._kept_back is not None:
            # uvloop begins to read after connection_made, paused or not.
            self._kept_back.append(data)
            self.flow.pause_reading()
            if sum(map(len, self._kept_back)) > THROTTLED_BYTES:
                # Not what browsers ask; and nobody is told twice why.
                self.transport.abort()
            return
        self._begun = True
        self._around += len(data)
        super().data_received(data)
        if self._upgraded or self._refused or self.transport.is_closing():
            return
        # The parser tells of a header at its end, and of an extension of a chunk never.
        if self._around > HEAD_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._unwanted > UNWANTED_BYTES:
            self.transport.close()
        else:
            self._watch_the_time()

    def handle_websocket_upgrade(self) -> None:
        """Hands the connection over, with its place."""
        self._upgraded = True
        self._stop_the_time()
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._phase, self._requests, self._begun = _Phase.HEAD, self._requests + 1, True
        self._head_bytes = self._head_fields = self._around = 0
        if self._place is not None:
            self._place.since = self.loop.time()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer: that is counted and dropped, since it comes after all questions were asked."""
        self._head_fields += 1
        self._count(len(name) + len(value) + len(b": \r\n"))
        if self._phase is _Phase.HEAD:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head has come.

        The parser reads no body after one that asks for another protocol, and takes what follows for the next request:
        with a body, which may hide one, it is refused; without, it is answered as if it had not asked, and the last.
        """
        parser: Any = self.parser
        elsewhere: bool = parser.should_upgrade() and not self._should_upgrade()
        if elsewhere and any(name in _ANNOUNCE_A_BODY and value != b"0" for name, value in self.headers):
            raise _Refused
        self._phase = _Phase.BODY
        self._head_bytes = self._head_fields = self._around = 0
        super().on_headers_complete()
        if elsewhere:
            self._is_last = True
            self.cycle.keep_alive = False
        if len(self.pipeline) > PIPELINED:
            raise _Refused

    def on_chunk_header(self) -> None:
        """A chunk of a body begins."""
        self._around = max(0, self._around - CHUNK_BYTES)

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        self._around = max(0, self._around - len(body))
        self._body_bytes += len(body)
        if self._phase is _Phase.BODY and not self._answering:
            self._unwanted += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request has come whole."""
        self._phase, self._begun = _Phase.ANSWER, False
        self._around = self._unwanted = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuses what could not be parsed, or was not parsed to its end."""
        self._refuse(self._refusal)

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > HEAD_BYTES or self._head_fields > HEAD_FIELDS:
            self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise _Refused

    @property
    def _answering(self) -> bool:
        cycle: Any = self.cycle  # None before the first request, whatever its annotation says
        return cycle is not None and not cycle.response_complete

    def _watch_the_time(self) -> None:
        """Keeps one timer for what is waited for; what comes whole in one piece never sees it."""
        awaited = None
        if self._phase is not _Phase.ANSWER:
            awaited = (self._phase, self._requests)
        elif not self._answering and self.timeout_keep_alive_task is None:
            # Something came that is no request: lines may stand before one (RFC 9112, section 2.2).
            awaited = (_Phase.HEAD, self._requests)
        if awaited == self._timed:
            return
        self._stop_the_time()
        if awaited is None:
            return
        self._timed = awaited
        if self._phase is _Phase.BODY:
            self._watch_the_body()
        else:
            self._timer = self.loop.call_later(self.head_seconds, self._head_late)

    def _watch_the_body(self) -> None:
        self._body_bytes, self._was_paused = 0, self.flow.read_paused
        self._timer = self.loop.call_later(self.body_seconds, self._body_late)

    def _stop_the_time(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._timed = None

    def _head_late(self) -> None:
        if self._answering:
            # Its turn has not come yet.
            self._timer = self.loop.call_later(self.head_seconds, self._head_late)
        elif self._begun:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def _body_late(self) -> None:
        # While reading is paused it is we who let it wait.
        enough = self._body_bytes >= self.body_rate * self.body_seconds
        if enough or self._was_paused or self.flow.read_paused:
            self._watch_the_body()
        elif self._answering:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def _make_room(self) -> bool:
        """Lets a connection go that does nothing, rather than the one that just came."""
        open_files.ran_out("a connection")
        if self._peers is not None and self._peers.make_room():
            return True
        for other in islice(self.connections, LOOKED_AT):
            if isinstance(other, BoundedHttp) and other is not self and not other._answering:
                other.transport.abort()
                return True
        return False

    def _wait_a_moment(self) -> None:
        self._kept_back = self._kept_back or []
        self._waiting = self.loop.call_later(self.throttled_seconds, self._read_at_last)

    def _read_at_last(self) -> None:
        kept_back, self._kept_back = self._kept_back, None
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        for data in kept_back or ():
            self.data_received(data)

    def _leave(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        if self._place is not None:
            self._place.leave()
        self._place = None

    def _refuse(self, status: HTTPStatus) -> None:
        self._refused = True
        if self._place is not None:
            self._place.refused()
        self._stop_the_time()
        self._unset_keepalive_if_required()
        if self._answering:
            if self.pipeline or self._phase is not _Phase.BODY or self.cycle.response_started:
                # Another answer is being given on this connection.
                self.transport.abort()
                return
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        elif self._phase is _Phase.BODY:
            # It has had its answer already.
            self.transport.close()
            return
        self.transport.write(_refusal(status))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()
        self._unwanted = 0
        self._timer = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def _discard(self, data: bytes) -> None:
        self._unwanted += len(data)
        if self._unwanted > LINGER_BYTES:
            self.transport.abort()


def _refusal(status: HTTPStatus) -> bytes:
    said = f"{status.phrase}.\n".encode()
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
    return f"{head}content-length: {len(said)}\r\nconnection: close\r\n\r\n".encode() + said
