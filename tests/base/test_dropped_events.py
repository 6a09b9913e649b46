"""No event of the bus is dropped without a word, and lists of any length travel whole."""

import json
import re
from typing import Any

import msgspec
import pytest

from estafette.base.bus import EVENT_BYTES, IDS_IN_AN_EVENT, event, events
from estafette.base.database import Database
from estafette.base.dropped_events import BETWEEN_LINES
from estafette.base.ids import new_id
from estafette.base.postgres_bus import WAITING_EVENTS, PostgresBus
from estafette.notifications.actions.notifying import announce_change
from estafette.realtime import FRAME, frame_to
from tests.loop_time import let_pass
from tests.realtime.fakes import settle
from tests.waiting import eventually

LARGE = "x" * EVENT_BYTES


def told(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, int]]:
    """The reason, kind and number of each line about dropped events since the last look."""
    found = re.findall(r"bus events dropped +count=(\d+) kind=(\w+) reason='([a-z ]+)'", capsys.readouterr().out)
    return [(reason, kind, int(count)) for count, kind, reason in found]


async def test_an_event_that_is_too_large_is_counted_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    bus = PostgresBus("")
    bus.publish(event("news", "fits"), event("news", LARGE))
    assert bus.dropped.count == 1
    assert [bytes(each.data) for each in bus._waiting] == [b'"fits"']
    assert told(capsys) == [("too large", "news", 1)]


async def test_a_full_queue_takes_what_fits_and_tells_of_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    bus = PostgresBus("")
    bus.publish(*(event("news", number) for number in range(WAITING_EVENTS - 1)))
    bus.publish(event("news", "in time"), event("news", "late"), event("other", "late"))
    assert len(bus._waiting) == WAITING_EVENTS
    assert bytes(bus._waiting[-1].data) == b'"in time"'
    assert bus.dropped.count == 2
    assert told(capsys) == [("queue is full", "news", 1), ("queue is full", "other", 1)]


async def test_a_flood_of_drops_is_no_flood_of_lines_and_none_goes_untold(capsys: pytest.CaptureFixture[str]) -> None:
    bus = PostgresBus("")
    for _ in range(1_000):
        bus.publish(event("news", LARGE))
    assert bus.dropped.count == 1_000
    assert told(capsys) == [("too large", "news", 1)]
    let_pass(BETWEEN_LINES)
    await settle()
    assert told(capsys) == [("too large", "news", 999)]
    let_pass(BETWEEN_LINES)
    await settle()
    # After a quiet while the next one is told of at once.
    bus.publish(event("news", LARGE))
    assert told(capsys) == [("too large", "news", 1)]
    # At the end nothing is left untold.
    bus.publish(event("news", LARGE), event("other", LARGE))
    bus.dropped.stop()
    assert told(capsys) == [("too large", "news", 1), ("too large", "other", 1)]


async def test_what_the_database_refuses_is_counted(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("estafette.base.postgres_bus._payloads", lambda events: ["x" * 9_000])
    bus = PostgresBus(dsn)
    await bus.start()
    bus.publish(event("news", 1), event("news", 2))
    await eventually(lambda: bus.dropped.count == 2)
    await bus.stop()


def test_a_list_of_any_length_travels_whole_and_nobody_is_named_twice() -> None:
    people = [new_id() for _ in range(20_000)]
    sent = events("news", [*people, *people], lambda some: {"people": some, "what": "x" * 3_000})
    assert len(sent) == 20_000 / IDS_IN_AN_EVENT
    assert all(each.kind == "news" and len(each.data) <= EVENT_BYTES for each in sent)
    named: list[Any] = [msgspec.json.decode(each.data)["people"] for each in sent]
    assert [person for some in named for person in some] == [str(person) for person in people]
    assert events("news", [], lambda some: some) == []


def test_a_frame_reaches_any_number_of_topics() -> None:
    topics = [new_id() for _ in range(IDS_IN_AN_EVENT + 1)]
    first, second = frame_to(topics, {"type": "typing"})
    assert (first.kind, second.kind) == (FRAME, FRAME)
    assert json.loads(bytes(second.data)) == {"topics": [str(topics[-1])], "frame": {"type": "typing"}}


async def test_a_bell_rings_for_everybody_of_a_large_audience(database: Database) -> None:
    people = [new_id() for _ in range(1_000)]
    heard = set[str]()
    database.bus.on(FRAME, lambda data: heard.update(msgspec.json.decode(data)["topics"]))
    async with database.transaction() as transaction:
        announce_change(transaction, people)
    await eventually(lambda: heard == {str(person) for person in people})
