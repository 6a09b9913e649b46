"""Sweeping: what has waited in vain comes to an end, with the reason; any number of workers may sweep."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from estafette.base.database import Database, Transaction
from estafette.deliveries.actions import changing
from estafette.deliveries.actions.matching import Name, ReceiptOutcome, apply, first_known
from estafette.deliveries.models.batches import HELD
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.rules import statuses
from estafette.deliveries.rules.low_water_marks import from_the_beginning
from estafette.deliveries.rules.receipts import KEPT, WAITING, look_again_in
from estafette.deliveries.store import delivery_states, gateway_states, outcomes, queue, receipts, sweeps

BATCH: Final = 200
WATCHED: Final = 1_000
FORGOTTEN: Final = 5_000
# However much there is of one kind, the others have their turn, and a worker that is told to stop stops.
ROUNDS: Final = 10


async def sweep(database: Database) -> bool:
    """Ends what no gateway serves and what has expired, and looks again for the deliveries of early receipts.

    Whether there is more to do at once.
    """
    more = [await _some_rounds(each, database, BATCH) for each in (_end_without_gateway, _end_expired, _match_again)]
    return any(more)


async def give_up_waiting(database: Database) -> bool:
    """Ends the wait of those whose receipt has not come within 72 hours; whether there are more of them."""
    return await _some_rounds(_give_up_some, database, WATCHED)


async def forget_old_receipts(database: Database) -> None:
    """Removes receipts older than 30 days."""
    while await receipts.forget(database, database.clock.now() - KEPT, FORGOTTEN) == FORGOTTEN:
        pass


async def _some_rounds(work: Callable[[Database], Awaitable[int]], database: Database, full: int) -> bool:
    for _ in range(ROUNDS):
        if await work(database) < full:
            return False
    return True


async def _end_without_gateway(database: Database) -> int:
    lanes = await sweeps.lanes_without_gateway(database)
    if not lanes:
        return 0
    async with database.transaction() as transaction:
        picked = await queue.pick(transaction, from_the_beginning(lanes), transaction.clock.now(), BATCH)
        await _end(transaction, {row["delivery_id"]: ("SYSTEM_ERROR", statuses.NO_GATEWAY) for row in picked})
    return len(picked)


async def _end_expired(database: Database) -> int:
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        rows = await sweeps.expired(transaction, now, BATCH)
        if rows:
            reachable = await gateway_states.reachable_lanes(transaction, transaction.clock.shift)
            await _end(
                transaction,
                {
                    row["delivery_id"]: (
                        "EXPIRED",
                        statuses.EXPIRED if row["lane"] in reachable or row["lane"] == HELD else statuses.UNREACHABLE,
                    )
                    for row in rows
                },
            )
    return len(rows)


async def _end(transaction: Transaction, ends: Mapping[int, tuple[Status, str]]) -> None:
    """Ends deliveries whose rows of the queue are locked."""
    if not ends:
        return
    await queue.remove(transaction, list(ends))
    locked = await delivery_states.lock(transaction, list(ends))
    for id_, state in locked.items():
        changing.step(state, *ends[id_])
    await changing.store(transaction, locked.values())


async def _match_again(database: Database) -> int:
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        rows = await receipts.unmatched(transaction, now, BATCH)
        if not rows:
            return 0
        located = await outcomes.locate(transaction, list({name for row in rows for name in _names(row)}))
        locked = await delivery_states.lock(transaction, list(set(located.values()))) if located else {}
        receipt_outcomes: list[ReceiptOutcome] = []
        kept: list[tuple[int, int | None, timedelta | None]] = []
        for row in sorted(rows, key=lambda row: row["id"]):
            name = first_known(_names(row), located)
            if name is None:
                kept.append((row["id"], None, look_again_in(now - row["received_at"])))
            else:
                kept.append((row["id"], located[name], None))
                outcome = ReceiptOutcome(name, located[name], row["outcome"], row["code"], row["suppress"])
                receipt_outcomes.append(outcome)
        await apply(transaction, receipt_outcomes, locked)
        await receipts.keep_looking(
            transaction, [(id_, delivery, now + pause if pause else None) for id_, delivery, pause in kept], now
        )
        await changing.store(transaction, [each for each in locked.values() if each.steps])
    return len(rows)


def _names(row: Any) -> list[Name]:
    return [(row["gateway_id"], name) for name in (row["provider_id"], row["own_name"]) if name is not None]


async def _give_up_some(database: Database) -> int:
    async with database.transaction() as transaction:
        after = await sweeps.watched_until(transaction)
        if after is None:
            return 0
        until = transaction.clock.now() - WAITING
        if until <= after:
            return 0
        rows = await sweeps.came_to_wait(transaction, after, until, WATCHED)
        expected = {row["delivery_id"]: row["receipts_expected"] for row in rows}
        await _give_up(transaction, expected)
        await sweeps.watch_from(transaction, rows[-1]["at"] if len(rows) >= WATCHED else until)
    return len(rows)


async def _give_up(transaction: Transaction, expected: Mapping[int, bool]) -> None:
    if not expected:
        return
    locked = await delivery_states.lock(transaction, list(expected))
    for id_, state in locked.items():
        if state.status == "UNCERTAIN":
            changing.step(state, "UNCERTAIN", statuses.OUTCOME_UNKNOWN)
        elif state.status == "SENT" and expected[id_]:
            changing.step(state, "OPERATOR_ERROR", statuses.NO_RECEIPT)
    await changing.store(transaction, [each for each in locked.values() if each.steps])
