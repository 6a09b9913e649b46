"""Hints between processes: what one process did, all others hear of soon, or find out by reading on.

An event is never the truth. It may be lost (a link that broke, a process that died between commit and hint), so
whoever follows numbers also looks at them when a gap is reported and now and then without a reason.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import msgspec


class Event(msgspec.Struct, frozen=True):
    """A small hint: its kind, and data that only sender and handler understand. At most 7,000 bytes."""

    kind: str
    data: msgspec.Raw


def event(kind: str, data: Any) -> Event:
    """An event with its data encoded as JSON."""
    return Event(kind, msgspec.Raw(msgspec.json.encode(data)))


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
