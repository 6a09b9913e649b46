"""A link to a mail server: some connections, opened when they are needed."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

from estafette.base.brief import brief
from estafette.base.failure_latch import FailureLatch
from estafette.base.slots import Slots
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import ClaimedMessage, Outcome, Refused
from estafette.deliveries.transports.smtp.connection import Connection, MailServer
from estafette.deliveries.transports.smtp.submitting import NothingTaken, connection_lost
from estafette.deliveries.transports.smtp.writing import Letter

SWEEP: Final = 10.0  # seconds between looks for connections that nobody needs any more
SOON: Final = 3.0  # seconds within which a kept connection turns out to be dead, so that another one is tried
ENOUGH: Final = 3  # letters that broke a new connection, one after the other: the server is not well


class SmtpLink:
    """Carries as many letters at once as it may have connections."""

    def __init__(
        self, server: MailServer, write: Callable[[ClaimedMessage], Awaitable[Letter]], first: Connection, size: int
    ) -> None:
        self._server = server
        self._write = write
        self._idle = [first]
        self._worn: list[Connection] = []
        self._slots = Slots(size)
        self._latch = FailureLatch(ENOUGH)

    async def capacity(self) -> int:
        """Waits for a free connection, and says how many there are."""
        return await self._slots.free()

    async def lost(self) -> str:
        """Waits until the server cannot be reached any more, and says why."""
        return await self._latch.tripped()

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """Writes the letter and hands it to the server."""
        if self._latch.reason is not None:
            return connection_lost(self._latch.reason)
        with self._slots.taken():
            try:
                letter = await self._write(claimed)
            except ValueError as error:
                return Refused(kind="system", permanent=True, code="unusable_message", reason=brief(str(error)))
            try:
                outcome = await self._carry(letter)
            except NothingTaken as error:
                self._latch.failed(str(error))
                return error.outcome
            except LinkRefused as error:
                self._latch.trip(str(error))
                return connection_lost(str(error))
            self._latch.succeeded()
            return outcome

    async def _carry(self, letter: Letter) -> Outcome:
        started = monotonic()
        while True:
            kept = self._take_idle()
            connection = kept or await Connection.open(self._server)
            try:
                return await connection.carry(letter)
            except NothingTaken:
                # Servers hang up on idle connections without a word; that says nothing about a new one.
                if not kept or monotonic() - started > SOON:
                    raise
            finally:
                self._give_back(connection)

    def _take_idle(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.fit:
                return connection
            self._give_back(connection)
        return None

    def _give_back(self, connection: Connection) -> None:
        if connection.fit:
            self._idle.append(connection)
        elif connection.alive:
            self._worn.append(connection)
        else:
            connection.drop()

    async def sweep(self) -> None:
        """For ever closes connections that were idle or open for too long."""
        while True:
            await asyncio.sleep(SWEEP)
            kept, self._idle = self._idle, []
            for each in kept:
                self._give_back(each)
            await self._close_worn()

    async def close(self) -> None:
        """Says goodbye on all connections."""
        self._worn += self._idle
        self._idle = []
        await self._close_worn()

    async def _close_worn(self) -> None:
        worn, self._worn = self._worn, []
        await asyncio.gather(*(each.close() for each in worn))
