"""The demo is as it would have come about: who has not read something still has it before them."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import UUID

import pytest_asyncio

from estafette import accounts, deliveries
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.conversations.actions import viewing
from estafette.main.database import open_database
from estafette.main.demo.loading import load_demo
from estafette.main.reactions import reactions
from estafette.main.transport_environment import transport_environment
from estafette.worker import react_to_all
from tests.prepared import loaded_demo
from tests.waiting import eventually
from tests.world import ORIGIN

NIL = UUID(int=0)


@dataclass
class Shown:
    """The demo as it was loaded."""

    settings: Settings
    dsn: str
    database: Database


@pytest_asyncio.fixture
async def demo() -> AsyncGenerator[Shown, None]:
    async with loaded_demo() as (settings, dsn), open_database(dsn, size=5) as database:
        yield Shown(settings, dsn, database)


async def test_what_the_members_of_the_demo_have_not_read_stays_unread(demo: Shown) -> None:
    database = demo.database
    await react_to_all(database, reactions(ORIGIN))
    claire = await accounts.find_by_email(database, "claire@chateau.example")
    assert claire is not None
    counts = await viewing.unread_counts(database, claire.id)
    assert sum(each.unread_messages for each in counts) == 2


async def test_what_leaves_the_demo_ends_in_every_way_that_it_can(demo: Shown) -> None:
    database, settings = demo.database, demo.settings
    await load_demo(settings, demo.dsn)  # a second start adds nothing
    ada = await accounts.find_by_email(database, "admin@example.com")
    assert ada is not None
    expected = ["DELIVERED"] * 4 + ["SENT", "SUPPRESSED", "SYSTEM_ERROR", "CREATED", "CANCELLED"]
    stop = asyncio.Event()
    work = asyncio.create_task(
        deliveries.run_dispatch(database, open_vault(settings.data), transport_environment(settings), stop)
    )

    async def statuses() -> list[str]:
        found = (await deliveries.list_deliveries(database, ada.id, limit=50)).items
        return [each.status for each in reversed(found)]

    async def all_have_ended() -> bool:
        return await statuses() == expected

    await eventually(all_have_ended)
    stop.set()
    await work
    assert len(list(settings.data.glob("folder-gateway/*/*.json"))) == 5


async def test_contact_requests_of_the_demo_stand_in_every_state(demo: Shown) -> None:
    database = demo.database
    rows = await database.fetch(
        "SELECT r.state, r.repeat_of IS NOT NULL AS repeats, r.conversation_id FROM contact_requests r "
        "JOIN adverts a ON a.id = r.advert_id WHERE a.reference IN ('mariage-orangerie', 'visite-guidee')"
    )
    assert {row["state"] for row in rows} == {"new", "seen", "in_progress", "done", "spam"}
    assert sum(row["repeats"] for row in rows) == 1
    assert sum(row["conversation_id"] is not None for row in rows) == 1
    counted = await database.fetchval("SELECT sum(count)::bigint FROM contact_request_counts WHERE advert_id = $1", NIL)
    assert counted == await database.fetchval("SELECT count(*) FROM contact_requests") == 18
