"""Logs are for machines and people alike and keep what was written, and every secret, to themselves."""

import io
import json
import logging
from collections.abc import Generator

import pytest
import structlog

from estafette.base.logs import HIDDEN, set_up_logs


@pytest.fixture
def written() -> Generator[io.StringIO, None, None]:
    stream, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:], root.level
    set_up_logs(process="web 1", stream=stream, readable=False)
    yield stream
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_one_object_with_the_time_the_process_and_the_request(written: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        structlog.get_logger().info("Something happened", count=3)
        logging.getLogger("some.library").warning("A library %s", "speaks")
    own, foreign = lines(written)
    assert (own["event"], own["count"], own["request_id"], own["process"]) == ("Something happened", 3, "r-1", "web 1")
    assert (foreign["event"], foreign["request_id"], foreign["level"]) == ("A library speaks", "r-1", "warning")
    assert str(own["at"]).endswith("Z")


def test_what_people_wrote_and_every_secret_stay_out_at_any_depth(written: io.StringIO) -> None:
    structlog.get_logger().info(
        "Sent",
        text="a private matter",
        headers={"Cookie": "estafette_session=s3cret", "authorization": "Bearer s3cret"},
        tokens=["s3cret"],
        new_password="s3cret",
        rows=[{"content": "a private matter"}],
        where="postgresql://me:s3cret@host/db",
        seen=["Bearer s3cret", "est_s3cret"],
    )
    assert "s3cret" not in written.getvalue()
    assert "private" not in written.getvalue()
    assert lines(written)[0]["text"] == HIDDEN


def test_a_failure_is_told_by_its_frames_and_the_first_line_of_its_reason(written: io.StringIO) -> None:
    try:
        raise ValueError("duplicate key\nDETAIL: Key (text)=(a private matter) already exists.")
    except ValueError:
        structlog.get_logger().exception("It failed")
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    for line in lines(written):
        assert "ValueError: duplicate key" in str(line["exception"])
        assert "test_logs.py" in str(line["exception"])
    # The source line of the frame may be quoted; the value that came with the failure is not.
    assert "already exists." not in str(lines(written)[0]["exception"]).rsplit("ValueError: ", 1)[1]


def test_addresses_with_their_query_strings_are_not_logged(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info('GET "/welcome?code=s3cret" 200')
    logging.getLogger("uvicorn.error").info('"WebSocket /api/v1/live?token=s3cret" [accepted]')
    assert written.getvalue() == ""


def test_in_a_terminal_the_lines_are_for_reading(written: io.StringIO) -> None:
    stream = io.StringIO()
    set_up_logs(stream=stream, readable=True)
    structlog.get_logger().info("Something happened", token="s3cret")
    assert "Something happened" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
    assert "s3cret" not in stream.getvalue()
