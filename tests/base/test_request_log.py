"""The lines of requests are as complete as any other line of the log, and written many at once."""

import io
import json
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from estafette.base import request_log
from estafette.base.request_log import RequestLine, RequestLog
from tests.waiting import eventually


class Counting(io.StringIO):
    """Counts how often something is written to it."""

    writes = 0

    def write(self, text: str) -> int:
        self.writes += 1
        return super().write(text)


LINE = RequestLine("r-1", "GET", "/api/v1/me", 200, 1.5, uuid4())


async def test_a_line_says_what_was_asked_by_whom_and_when() -> None:
    out = io.StringIO()
    log = RequestLog()
    log.write_to(out, "web 1")
    log.log(LINE)
    log.log(RequestLine("r-2", "GET", "/api/v1/instance", 200, 0.5, None))
    log.flush()
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert first["at"].endswith("Z")
    assert first | {"at": ""} == {
        "request_id": "r-1",
        "method": "GET",
        "route": "/api/v1/me",
        "status": 200,
        "ms": 1.5,
        "person": str(LINE.person),
        "process": "web 1",
        "event": "request",
        "level": "info",
        "at": "",
    }
    assert second["person"] is None


async def test_lines_are_written_together_and_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_log, "FLUSH_SECONDS", 0.01)
    out = Counting()
    log = RequestLog()
    log.write_to(out, None)
    for _ in range(3):
        log.log(LINE)
    assert out.writes == 0
    await eventually(out.getvalue)
    assert len(out.getvalue().splitlines()) == 3
    assert out.writes == 1


async def test_without_a_stream_of_its_own_a_line_goes_the_way_of_all_others() -> None:
    with capture_logs() as logs:
        RequestLog().log(LINE)
    assert logs[0] == {
        "event": "request",
        "log_level": "info",
        "request_id": "r-1",
        "method": "GET",
        "route": "/api/v1/me",
        "status": 200,
        "ms": 1.5,
        "person": str(LINE.person),
    }
