"""The line of every answered request: put together from values that hold nothing private, and written with others."""

import asyncio
import atexit
from datetime import UTC, datetime
from typing import Final, TextIO
from uuid import UUID

import msgspec
import structlog

FLUSH_SECONDS: Final = 0.1

_log = structlog.get_logger(__name__)
_encode = msgspec.json.Encoder().encode


class RequestLine(msgspec.Struct, frozen=True):
    """What is told of a request: `route` is the template and never the path, `ms` are milliseconds."""

    request_id: str
    method: str
    route: str
    status: int
    ms: float
    person: UUID | None


class _Line(RequestLine, frozen=True, kw_only=True):
    process: str | None
    event: str = "request"
    level: str = "info"
    at: datetime


class RequestLog:
    """Lines of requests; the general way through the log hides secrets by name and form, and none can be in here."""

    def __init__(self) -> None:
        self._out: TextIO | None = None
        self._process: str | None = None
        self._lines: list[bytes] = []

    def write_to(self, out: TextIO | None, process: str | None) -> None:
        """Writes JSON to `out` from now on, a moment late and many lines at once; None leaves it to the general log."""
        self.flush()
        self._out, self._process = out, process

    def log(self, line: RequestLine) -> None:
        """Logs an answered request."""
        if self._out is None:
            _log.info("request", **{**msgspec.structs.asdict(line), "person": line.person and str(line.person)})
            return
        if not self._lines:
            asyncio.get_running_loop().call_later(FLUSH_SECONDS, self.flush)
        self._lines.append(_encode(_Line(*msgspec.structs.astuple(line), process=self._process, at=datetime.now(UTC))))

    def flush(self) -> None:
        """Writes what waits."""
        lines, self._lines = self._lines, []
        if lines and self._out is not None:
            self._out.write(b"\n".join([*lines, b""]).decode())
            self._out.flush()


requests: Final = RequestLog()
atexit.register(requests.flush)
