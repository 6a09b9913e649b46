"""The demo is as it would have come about: who has not read something still has it before them."""

import asyncio
from pathlib import Path

from estafette import accounts, deliveries
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.conversations.actions import viewing
from estafette.main import load_demo
from estafette.main.reactions import reactions
from estafette.main.surroundings import surroundings
from estafette.worker import react_to_all
from tests.world import ORIGIN


async def test_what_the_members_of_the_demo_have_not_read_stays_unread(
    database: Database, dsn: str, tmp_path: Path
) -> None:
    await load_demo(Settings(data=tmp_path), dsn)
    await react_to_all(database, reactions(ORIGIN))
    claire = await accounts.find_by_email(database, "claire@chateau.example")
    assert claire is not None
    counts = await viewing.unread_counts(database, claire.id)
    assert sum(each.unread_messages for each in counts) == 2


async def test_what_leaves_the_demo_ends_in_every_way_that_it_can(database: Database, dsn: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    for _ in range(2):  # a second start adds nothing
        await load_demo(settings, dsn)
    ada = await accounts.find_by_email(database, "admin@example.com")
    assert ada is not None
    expected = ["DELIVERED"] * 4 + ["SENT", "SUPPRESSED", "SYSTEM_ERROR", "CREATED", "CANCELLED"]
    stop = asyncio.Event()
    work = asyncio.create_task(deliveries.run_dispatch(database, open_vault(tmp_path), surroundings(settings), stop))
    async with asyncio.timeout(30):
        while True:
            found = (await deliveries.list_deliveries(database, ada.id, limit=50)).items
            if [each.status for each in reversed(found)] == expected:
                break
            await asyncio.sleep(0.1)
    stop.set()
    await work
    assert len(list(tmp_path.glob("folder-gateway/*/*.json"))) == 5
