"""Hints between processes: what one process did, all others are told soon, or find out by reading on.

An event is never the truth. It may be lost (a link that broke, a process that died between commit and hint), so
whoever follows numbers also looks at them when a gap is reported and now and then without a reason.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, Protocol
from uuid import UUID

import msgspec

EVENT_BYTES: Final = 7_000
"""Of the data of one event: PostgreSQL refuses payloads of 8,000 bytes and more. What is larger is dropped."""
IDS_IN_AN_EVENT: Final = 100
"""An id takes 39 bytes of JSON: so many leave 3,100 bytes for what is said to them."""


class Event(msgspec.Struct, frozen=True):
    """A small hint: its kind, and data that only sender and handler understand. At most 7,000 bytes."""

    kind: str
    data: msgspec.Raw


def event(kind: str, data: Any) -> Event:
    """An event with its data encoded as JSON."""
    return Event(kind, msgspec.Raw(msgspec.json.encode(data)))


def events(kind: str, ids: Iterable[UUID], data: Callable[[tuple[UUID, ...]], Any]) -> list[Event]:
    """As many events as it takes to name all of these ids, each with at most 100 of them and none twice.

    Whoever sends a list of unknown length sends it by this: an event that is too large would reach nobody.
    """
    each_once = tuple(dict.fromkeys(ids))
    starts = range(0, len(each_once), IDS_IN_AN_EVENT)
    return [event(kind, data(each_once[start : start + IDS_IN_AN_EVENT])) for start in starts]


class Bus(Protocol):
    """Carries events to every process, the sending one included."""

    def publish(self, *events: Event) -> None:
        """Hands events over without waiting; a failure loses hints, never truth."""
        ...

    async def enclose(self, execute: Callable[..., Awaitable[Any]], *events: Event) -> None:
        """Lets events travel with a commit: `execute` runs a statement in the transaction that is about to commit.

        Neither a crash nor a full queue can part them from it; meant for the few that nobody repeats.
        """
        ...

    def on(self, kind: str, handle: Callable[[msgspec.Raw], None]) -> None:
        """Calls `handle` with the data of each event of a kind."""
        ...

    def on_gap(self, handle: Callable[[], None]) -> None:
        """Calls `handle` after the link was lost and is back: events may be missing."""
        ...
