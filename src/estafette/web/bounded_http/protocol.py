"""The connection itself.

The only module that reaches into uvicorn's HTTP protocol; tests/web/test_bounded_http.py notices when that changes.
"""

from asyncio import Transport
from enum import Enum, auto
from http import HTTPStatus
from itertools import islice
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from estafette.base.open_files import open_files
from estafette.web.bounded_http.closing import ClosingInOrder
from estafette.web.bounded_http.deadline import Deadline, Patience
from estafette.web.bounded_http.kept_back import KeptBack
from estafette.web.bounded_http.sizes import Sizes
from estafette.web.peers import PLACE, Peers, Place

PIPELINED: Final = 32
"""Requests that wait for the answer to the one before them: reading goes on after each, so they could become many."""
UNWANTED_BYTES: Final = 67_108_864
"""Of a body that nobody reads because its answer was given: enough for who sends too large a file to read why."""
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
        self._sizes = Sizes()
        self._phase = _Phase.HEAD
        self._requests = 0
        self._unwanted = 0
        self._refusal = HTTPStatus.BAD_REQUEST
        self._begun = self._refused = self._upgraded = self._is_last = self._is_finished = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Gives the first head its time, and lets whoever is throttled wait."""
        super().connection_made(transport)
        self.timeout_keep_alive = self.keep_alive_seconds  # type: ignore[assignment]
        patience = Patience(self.head_seconds, self.body_seconds, self.body_rate)
        self._deadline = Deadline(self.loop, self.flow, patience, self._head_late, self._body_late)
        self._kept_back = KeptBack(self.loop, self._read_at_last)
        self._watch_the_time()
        if len(self.connections) > open_files.connections and not self._drop_an_idle_one():
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
            self._kept_back.hold()
        elif peers.is_throttled(address):
            self._kept_back.hold_for(self.throttled_seconds)

    def begin(self) -> None:
        """Reads what had to wait for a place; whoever is throttled by now waits once more."""
        if self._place is not None and self._peers is not None and self._peers.is_throttled(self._place.where):
            self._kept_back.hold_for(self.throttled_seconds)
        else:
            self._kept_back.hold_for(0)

    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return not self._answering

    def abort(self) -> None:
        """Ends the connection without a word."""
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the time."""
        self._deadline.stop()
        self._leave()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parses what came, as long as it keeps within the limits."""
        if self._refused:
            self._discard(data)
            return
        if self._is_last:
            return
        if self._kept_back.keeps(data):
            # uvloop begins to read after connection_made, paused or not.
            self.flow.pause_reading()
            if self._kept_back.is_too_much:
                # Not what browsers ask; and nobody is told twice why.
                self.transport.abort()
            return
        self._begun = True
        self._sizes.came(len(data))
        super().data_received(data)
        if self._upgraded or self._refused or self.transport.is_closing():
            return
        if self._sizes.too_much_around:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._unwanted > UNWANTED_BYTES:
            self.transport.close()
        else:
            self._watch_the_time()

    def handle_websocket_upgrade(self) -> None:
        """Hands the connection over, with its place."""
        self._upgraded = True
        self._deadline.stop()
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        """A request begins."""
        if self._is_finished:
            raise _Refused
        self._phase, self._requests, self._begun = _Phase.HEAD, self._requests + 1, True
        self._sizes.begin()
        if self._place is not None:
            self._place.since = self.loop.time()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer: that is counted and dropped, since it comes after all questions were asked."""
        self._count(len(name) + len(value) + len(b": \r\n"), 1)
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
        self._sizes.begin()
        super().on_headers_complete()
        if elsewhere:
            self._is_last = True
            self.cycle.keep_alive = False
        elif not parser.should_upgrade() and not self.cycle.keep_alive:
            self.cycle.transport = ClosingInOrder(self.transport, self._finish)  # type: ignore[assignment]
        if len(self.pipeline) > PIPELINED:
            raise _Refused

    def on_chunk_header(self) -> None:
        """A chunk of a body begins."""
        self._sizes.begin_chunk()

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        self._sizes.was_body(len(body))
        self._deadline.received(len(body))
        if self._phase is _Phase.BODY and not self._answering:
            self._unwanted += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request has come whole."""
        self._phase, self._begun = _Phase.ANSWER, False
        self._sizes.around = self._unwanted = 0
        super().on_message_complete()
        if self._is_finished:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuses what could not be parsed, or was not parsed to its end."""
        if self._is_finished:
            self.transport.close()
        else:
            self._refuse(self._refusal)

    def _finish(self) -> None:
        """Ends the connection after its last answer; a body that is still coming is read to its end first."""
        if self._phase is not _Phase.BODY or self._refused or not self.transport.can_write_eof():
            self.transport.close()
        elif not self.transport.is_closing():
            self._is_finished = True
            self.transport.write_eof()

    def _count(self, size: int, fields: int = 0) -> None:
        if not self._sizes.fits(size, fields):
            self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise _Refused

    @property
    def _answering(self) -> bool:
        cycle: Any = self.cycle  # None before the first request, whatever its annotation says
        return cycle is not None and not cycle.response_complete

    def _watch_the_time(self) -> None:
        if self._phase is _Phase.BODY:
            self._deadline.await_body(self._requests)
        elif self._phase is _Phase.HEAD or (not self._answering and self.timeout_keep_alive_task is None):
            # After an answer, lines may stand before the next request (RFC 9112, section 2.2).
            self._deadline.await_head(self._requests)
        else:
            self._deadline.stop()

    def _head_late(self) -> None:
        if self._answering:
            # Its turn has not come yet.
            self._deadline.prolong_head()
        elif self._begun:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def _body_late(self) -> None:
        if self._answering:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def _drop_an_idle_one(self) -> bool:
        """Lets a connection go that does nothing, rather than the one that just came."""
        open_files.ran_out("a connection")
        if self._peers is not None and self._peers.make_room():
            return True
        for other in islice(self.connections, LOOKED_AT):
            if isinstance(other, BoundedHttp) and other is not self and not other._answering:
                other.transport.abort()
                return True
        return False

    def _read_at_last(self) -> None:
        kept = self._kept_back.release()
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        for data in kept:
            self.data_received(data)

    def _leave(self) -> None:
        self._kept_back.stop()
        if self._place is not None:
            self._place.leave()
        self._place = None

    def _refuse(self, status: HTTPStatus) -> None:
        self._refused = True
        if self._place is not None:
            self._place.refused()
        self._deadline.stop()
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
        self._deadline.linger(LINGER_SECONDS, self.transport.abort)

    def _discard(self, data: bytes) -> None:
        self._unwanted += len(data)
        if self._unwanted > LINGER_BYTES:
            self.transport.abort()


def _refusal(status: HTTPStatus) -> bytes:
    said = f"{status.phrase}.\n".encode()
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
    return f"{head}content-length: {len(said)}\r\nconnection: close\r\n\r\n".encode() + said
