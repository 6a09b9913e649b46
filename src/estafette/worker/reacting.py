"""Runs the reactions to committed changes: each in the transaction that takes the change off the list."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import structlog

from estafette.base import pending_reactions
from estafette.base.changes import DUE, Change
from estafette.base.database import Database, Transaction
from estafette.base.work_loop import run_claimed, work_loop

Reaction = Callable[[Transaction, Sequence[Change]], Awaitable[None]]
Reactions = Mapping[str, Sequence[Reaction]]
"""For each kind of change, what is done about it, in order."""

BATCH = 200
PAUSE_SECONDS = 0.05

_log = structlog.get_logger(__name__)


async def react(database: Database, reactions: Reactions, stop: asyncio.Event) -> None:
    """Reacts until told to stop; any number of workers share the list, and a killed one leaves nothing half done."""
    wake = asyncio.Event()
    database.bus.on(DUE, lambda _: wake.set())

    async def react_to_some() -> float | None:
        found = await _react_to_some(database, reactions)
        if found == BATCH:
            return 0
        # What comes in the meantime is reacted to together, which costs a tenth of one by one.
        return PAUSE_SECONDS if found else None

    await work_loop(react_to_some, wake, stop)


async def react_to_all(database: Database, reactions: Reactions) -> int:
    """Reacts until nothing is due any more and returns to how many changes; for loading data and for tests."""
    count = 0
    while some := await _react_to_some(database, reactions):
        count += some
    return count


async def _react_to_some(database: Database, reactions: Reactions) -> int:
    run, put_off = partial(_run, reactions), partial(_put_off, database)
    return await run_claimed(database, pending_reactions.claim, run, put_off, BATCH)


async def _run(reactions: Reactions, transaction: Transaction, claimed: Sequence[tuple[int, Change]]) -> None:
    kinds: dict[str, list[Change]] = {}
    for _, change in claimed:
        kinds.setdefault(change.kind, []).append(change)
    for kind, some in kinds.items():
        for reaction in reactions.get(kind, ()):
            await reaction(transaction, some)


async def _put_off(database: Database, claimed: Sequence[tuple[int, Change]], error: Exception) -> None:
    for _, change in claimed:
        _log.error("reaction failed", kind=change.kind, stream=str(change.stream), number=change.number, exc_info=error)
    await pending_reactions.postpone(database, [id_ for id_, _ in claimed], f"{type(error).__name__}: {error}")
