"""A worker that is killed in the middle of a broadcast costs the ranges that it held, and nobody is told twice."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.vault import open_vault
from estafette.deliveries import NewBroadcast
from estafette.deliveries.actions.reaping import reap_silent_workers
from estafette.deliveries.rules.broadcasts import RANGE
from tests.deliveries.broadcasts.audience import Audience
from tests.deliveries.broadcasts.conftest import CONTENT
from tests.processes import Running
from tests.services import service
from tests.waiting import eventually

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]

BROWSERS = 2_000
SHARES = (300, 400, 500)
"""After how many more notifications each worker is killed, while the push service has not answered yet."""
HELD = 4 * RANGE
"""Two links, two ranges each."""


async def test_kills_in_the_middle_leave_a_few_uncertain_and_nobody_told_twice(
    database: Database, dsn: str, tmp_path: Path
) -> None:
    audience, names = Audience(), [str(number) for number in range(BROWSERS)]
    await deliveries.prepare_gateways(database, open_vault(tmp_path), [])
    await database.execute("UPDATE gateways SET segments_per_second = 5000")
    async with service(audience.take) as url:
        await audience.subscribe(database, url, names)
        news = new_id()
        async with database.transaction() as transaction:
            expires_at = transaction.clock.now() + timedelta(hours=1)
            await deliveries.start_broadcast(transaction, NewBroadcast(id=news, content=CONTENT, expires_at=expires_at))
        for share in SHARES:
            await kill_after(share, audience, dsn, tmp_path)
            await nobody_repeats_what_it_held(database, news)
        worker = Running("worker", "--data", tmp_path, "--private-addresses", ESTAFETTE_DATABASE_URL=dsn)
        try:

            async def all_is_over() -> bool:
                return news in await deliveries.ended_broadcasts(database, [news])

            await eventually(all_is_over, lambda: worker.output[-3_000:])
        finally:
            await worker.stop()
    counts = (await deliveries.broadcast_counts(database, [news]))[news]
    assert counts.keys() == {"SENT", "UNCERTAIN"}
    assert counts["SENT"] + counts["UNCERTAIN"] == BROWSERS
    assert set(audience.came.values()) == {1}, "nobody is told twice"
    assert BROWSERS - len(audience.came) <= counts["UNCERTAIN"], "whoever was not told is counted as uncertain"


async def kill_after(share: int, audience: Audience, dsn: str, data: Path) -> None:
    """Kills a worker once so many more have come to the push service, which has not answered the last."""
    audience.holds_after = audience.came.total() + share
    worker = Running("worker", "--data", data, "--private-addresses", ESTAFETTE_DATABASE_URL=dsn)
    try:
        await eventually(lambda: not audience.open.is_set(), lambda: worker.output[-3_000:])
    finally:
        worker.kill()
    audience.open.set()


async def nobody_repeats_what_it_held(database: Database, news: UUID) -> None:
    """The dead worker is reaped, as if it had been silent for long: what it held is uncertain, and nothing else."""
    held = await database.fetchval("SELECT sum(cardinality(subscription_ids))::int FROM broadcast_ranges")
    assert 0 < held <= HELD
    before = (await deliveries.broadcast_counts(database, [news]))[news]
    await database.execute("UPDATE dispatchers SET seen_at = now() - interval '1 minute'")
    await reap_silent_workers(database)
    after = (await deliveries.broadcast_counts(database, [news]))[news]
    assert after.get("UNCERTAIN", 0) - before.get("UNCERTAIN", 0) == held
    assert sum(after.values()) == BROWSERS
