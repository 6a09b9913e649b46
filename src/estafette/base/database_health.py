"""Whether the database answers at all, so that nobody waits for one that is frozen.

A server that is stopped, paused or swapped out keeps its connections and says nothing: whoever waits for a statement
would wait as long as that lasts. Slow statements are no sign of it, so a connection of its own asks for nothing every
second. When it gets no answer, what waits is cut off, and what comes is told at once to come back, until it answers.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, Final, TypeVar
from weakref import WeakSet

import asyncpg
import structlog

EVERY_SECONDS: Final = 1.0
CONNECT_SECONDS: Final = 10
STEPS, STEP_SECONDS = 6, 0.5
"""Of patience. In steps: after each the loop has looked for the answer, so that its own delays do not count."""

Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


class DatabaseSilent(ConnectionError):
    """The database does not answer; nothing was asked."""


class DatabaseHealth:
    """Watches a database, and cuts off the connections that were made by `connect` when it falls silent."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connections: WeakSet[Any] = WeakSet()
        self._silence = asyncio.Event()
        self._link: Any = None
        self._task: asyncio.Task[None] | None = None

    @property
    def answers(self) -> bool:
        """Whether it answered when it was asked last."""
        return not self._silence.is_set()

    def check(self) -> None:
        """Raises DatabaseSilent while there is no answer."""
        if not self.answers:
            raise DatabaseSilent("the database does not answer")

    async def connect(self, *arguments: Any, **named: Any) -> Any:
        """Connects as asyncpg does; raises DatabaseSilent as soon as it is known that there will be no answer."""
        self.check()
        connecting = asyncio.ensure_future(asyncpg.connect(*arguments, **named))
        silence = asyncio.ensure_future(self._silence.wait())
        try:
            await asyncio.wait({connecting, silence}, return_when=asyncio.FIRST_COMPLETED)
            if not connecting.done():
                raise DatabaseSilent("the database does not answer")
            connection = connecting.result()
            self._connections.add(connection)
            return connection
        finally:
            silence.cancel()
            if not connecting.done():
                connecting.add_done_callback(_forget)
                connecting.cancel()

    async def start(self) -> None:
        """Begins to ask."""
        self._task = asyncio.create_task(self._keep_asking())

    async def stop(self) -> None:
        """Ends it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._drop_link()

    async def _keep_asking(self) -> None:
        while True:
            try:
                await self._ask()
            except asyncpg.TooManyConnectionsError:
                # That is an answer, too.
                self._drop_link()
            except Exception as error:
                # Whatever it was: who stopped to ask would believe the last answer for ever.
                link_was_cut = self._link is not None and not isinstance(error, TimeoutError)
                self._drop_link()
                if link_was_cut:
                    continue
                self._fell_silent(error)
            else:
                if not self.answers:
                    _log.warning("The database answers again")
                self._silence.clear()
            await asyncio.sleep(EVERY_SECONDS)

    async def _ask(self) -> None:
        if self._link is None:
            settings = {"application_name": "estafette health"}
            connecting = asyncpg.connect(self._dsn, timeout=CONNECT_SECONDS, server_settings=settings)
            self._link = await _patiently(connecting)
        await _patiently(self._link.execute("SELECT 1"))

    def _fell_silent(self, error: Exception) -> None:
        if self.answers:
            _log.error("The database does not answer", reason=type(error).__name__)
        self._silence.set()
        for connection in list(self._connections):
            connection.terminate()

    def _drop_link(self) -> None:
        if self._link is not None:
            self._link.terminate()
            self._link = None


async def _patiently(work: Awaitable[Answer]) -> Answer:
    """What `work` gives; raises TimeoutError when it takes too long, without waiting for it to be cancelled."""
    task = asyncio.ensure_future(work)
    for _ in range(STEPS):
        done, _ = await asyncio.wait({task}, timeout=STEP_SECONDS)
        if done:
            return task.result()
    task.add_done_callback(_forget)
    task.cancel()
    raise TimeoutError


def _forget(task: "asyncio.Future[Any]") -> None:
    with suppress(asyncio.CancelledError):
        task.exception()
