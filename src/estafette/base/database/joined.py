"""The one transaction of a task, which all that it does joins."""

from asyncio import Semaphore
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack

from estafette.base.database.transaction import Transaction

Begin = Callable[[Transaction], Awaitable[None]]
"""What is done first in a transaction, before the statements of whoever opened it."""
Open = Callable[[], AbstractAsyncContextManager[Transaction]]
"""Opens a transaction that nobody joins by itself, and commits it at the end of the block."""


class Joined:
    """The one transaction of a task: opened by whoever needs it first, joined by all others, ended by its owner.

    What a task waits for before that (a hash, a lookup elsewhere) holds no connection and no lock of a row.
    """

    def __init__(self, open_: Open, begin: Begin | None, most_at_once: Semaphore | None) -> None:
        self._open = open_
        self._begin = begin
        self._most_at_once = most_at_once
        self._held = AsyncExitStack()
        self.ended = False
        self.transaction: Transaction | None = None
        """None while nobody has needed it."""

    async def opened(self) -> Transaction:
        """The transaction, opened now if it was not; raises what `begin` raises, and then holds nothing."""
        if self.transaction is None:
            async with AsyncExitStack() as stack:
                # Before a connection is taken: who stands here holds nothing.
                if self._most_at_once is not None:
                    await stack.enter_async_context(self._most_at_once)
                transaction = await stack.enter_async_context(self._open())
                if self._begin is not None:
                    await self._begin(transaction)
                self._held, self.transaction = stack.pop_all(), transaction
        return self.transaction

    async def end(self, error: BaseException | None) -> None:
        """Commits, or after an error rolls back, what was opened."""
        self.ended, self.transaction = True, None
        await self._held.__aexit__(type(error) if error else None, error, error.__traceback__ if error else None)
