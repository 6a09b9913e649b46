"""Finds whoever waits for anything but the database while a transaction of theirs is open.

A transaction holds a connection of the pool and locks of rows: what sleeps, hashes, calls out or stands in a queue
inside one makes others wait as long. Every task of the tests' loop is watched: when it is suspended, either none of its
connections is in a transaction, or it waits for the answer to a statement. What a test waits for in a transaction that
it opened itself, to see how others fare, is its own business.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import asyncpg
import pytest

import estafette
from estafette.base import database

FRAMES = 6
"""How many of the innermost frames a report names."""

PRODUCT = f"{Path(estafette.__file__).parent}{os.sep}"
# Its door to the database.
DOOR = f"{Path(database.__file__).parent}{os.sep}"

_STATEMENTS = ("execute", "_execute", "_executemany", "_copy_in", "_copy_out")


class Watch:
    """What was found since the last look."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._excused: set[CodeType] = set()

    def excuse(self, function: Callable[..., Any]) -> None:
        """Whatever this function waits for inside is not reported."""
        self._excused.add(function.__code__)

    def suspended(self, task: "Watched") -> None:
        """Notes where a task waits that has a transaction open."""
        frames = list(task.frames())
        if not any(frame.f_code in self._excused for frame in frames):
            self.found.append(" > ".join(_place(frame) for frame in frames[-FRAMES:]))

    def take(self) -> list[str]:
        """What was found, once."""
        found, self.found = self.found, []
        return found


class Watched(Coroutine[Any, Any, Any]):
    """A task's coroutine, looked at each time it gives way."""

    def __init__(self, coroutine: Any, watch: Watch) -> None:
        self._coroutine = coroutine
        self._watch = watch
        self.connections: set[asyncpg.Connection] = set()
        """Those on which the product has begun a transaction in this task."""
        self.asking = 0
        """How many statements it waits for."""

    def send(self, value: Any) -> Any:
        """Goes on, up to where it waits next."""
        return self._looked_at(self._coroutine.send(value))

    def throw(self, *error: Any) -> Any:
        """Goes on with an exception, up to where it waits next."""
        return self._looked_at(self._coroutine.throw(*error))

    def close(self) -> None:
        """Ends it."""
        self._coroutine.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._coroutine.__await__()

    def __getattr__(self, name: str) -> Any:
        # `cr_frame` and the like, which libraries look at.
        return getattr(self._coroutine, name)

    def frames(self) -> Generator[Any, None, None]:
        """Where it stands, the innermost last."""
        inner = self._coroutine
        while inner is not None:
            frame = getattr(inner, "cr_frame", None) or getattr(inner, "gi_frame", None)
            if frame is not None:
                yield frame
            inner = getattr(inner, "cr_await", None) or getattr(inner, "gi_yieldfrom", None)

    def _looked_at(self, waits_for: Any) -> Any:
        if not self.asking and any(each.is_in_transaction() for each in self.connections if not each.is_closed()):
            self._watch.suspended(self)
        return waits_for


@contextmanager
def watching(loop: asyncio.AbstractEventLoop) -> Generator[Watch, None, None]:
    """Watches every task that a loop starts from now on."""
    watch = Watch()

    def watched(loop: asyncio.AbstractEventLoop, coroutine: Any, **how: Any) -> asyncio.Task[Any]:
        return asyncio.Task(Watched(coroutine, watch), loop=loop, **how)

    with pytest.MonkeyPatch.context() as patch:
        for name in _STATEMENTS:
            patch.setattr(asyncpg.Connection, name, _noted(getattr(asyncpg.Connection, name)))
        before = loop.get_task_factory()
        loop.set_task_factory(watched)
        yield watch
        loop.set_task_factory(before)


def _place(frame: Any) -> str:
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}"


def _noted(statement: Any) -> Any:
    async def noted(connection: asyncpg.Connection, *given: Any, **how: Any) -> Any:
        task = asyncio.current_task()
        watched = task.get_coro() if task is not None else None
        if not isinstance(watched, Watched):
            return await statement(connection, *given, **how)
        watched.asking += 1
        try:
            return await statement(connection, *given, **how)
        finally:
            watched.asking -= 1
            if not connection.is_in_transaction():
                watched.connections.discard(connection)
            elif given[:1] and str(given[0]).startswith("BEGIN") and _asked_by_the_product():
                watched.connections.add(connection)

    return noted


def _asked_by_the_product() -> bool:
    """Whether anything of the product but its door to the database is under way here."""
    frame: Any = sys._getframe()
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(PRODUCT) and not file.startswith(DOOR):
            return True
        frame = frame.f_back
    return False
