"""A worker carries broadcasts to real push services; a pause takes effect in the middle of a range."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from aiohttp import web

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.deliveries import NewBroadcast, TransportEnvironment
from estafette.deliveries.models.broadcasts import BROADCASTS_CHANGED, BroadcastHint
from tests.deliveries.broadcasts.audience import Audience
from tests.deliveries.broadcasts.conftest import CONTENT
from tests.services import service
from tests.waiting import PATIENCE, eventually

VAULT = Vault(bytes(32))


@asynccontextmanager
async def carrying(database: Database, data: Path) -> AsyncGenerator[None, None]:
    """A worker with the gateway that every installation has, in no hurry to keep to its pace."""
    await deliveries.prepare_gateways(database, VAULT, [])
    await database.execute("UPDATE gateways SET segments_per_second = 2000")
    around = TransportEnvironment(public_url="https://estafette.example", data=data, private_addresses=True)
    stop = asyncio.Event()
    work = asyncio.create_task(deliveries.run_dispatch(database, VAULT, around, stop))
    try:
        yield
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await work


async def start(database: Database) -> UUID:
    expires_at = database.clock.now() + timedelta(hours=1)
    async with database.transaction() as transaction:
        new = NewBroadcast(id=new_id(), content=CONTENT, expires_at=expires_at)
        await deliveries.start_broadcast(transaction, new)
    return new.id


def is_running(data: msgspec.Raw) -> bool:
    return msgspec.json.decode(data, type=BroadcastHint).running


async def until_counts(database: Database, id_: UUID, expected: dict[str, int]) -> None:
    found: dict[UUID, Any] = {}

    async def are_there() -> bool:
        nonlocal found
        found = await deliveries.broadcast_counts(database, [id_])
        return {**found[id_]} == expected

    await eventually(are_there, lambda: found)


async def test_each_browser_is_told_once_in_its_language_and_one_that_is_gone_is_forgotten(
    database: Database, tmp_path: Path
) -> None:
    audience = Audience()
    english, french = [f"en{number}" for number in range(110)], [f"fr{number}" for number in range(40)]
    audience.answers["en5"] = [web.Response(status=410)]
    audience.answers["fr7"] = [web.Response(status=429, headers={"Retry-After": "0"}), web.Response(status=201)]
    async with service(audience.take) as url:
        await audience.subscribe(database, url, english)
        await audience.subscribe(database, url, french, "fr")
        news = await start(database)
        async with carrying(database, tmp_path):
            await until_counts(database, news, {"SENT": 149, "OPERATOR_ERROR": 1})
    assert audience.came == dict.fromkeys((*english, *french), 1) | {"fr7": 2}
    assert {audience.read[each] for each in english} == {"News"}
    assert {audience.read[each] for each in french} == {"Nouvelles"}
    assert await deliveries.subscribers(database) == 149


async def test_a_pause_stops_it_in_the_middle_of_a_range_and_nobody_is_told_twice(
    database: Database, tmp_path: Path
) -> None:
    audience = Audience()
    audience.holds_after = 40
    names = [str(number) for number in range(300)]
    async with service(audience.take) as url, carrying(database, tmp_path):
        await audience.subscribe(database, url, names)
        news = await start(database)
        await eventually(lambda: not audience.open.is_set())
        # After the worker, which listens for longer.
        heard = asyncio.Event()
        database.bus.on(BROADCASTS_CHANGED, lambda data: None if is_running(data) else heard.set())
        async with database.transaction() as transaction:
            paused = await deliveries.pause_broadcast(transaction, news)
        assert paused.gone_out + paused.in_flight + paused.waiting == 300
        assert paused.in_flight >= 1
        async with asyncio.timeout(PATIENCE):
            await heard.wait()
        audience.open.set()

        async def nothing_is_in_flight() -> bool:
            return not await database.fetchval("SELECT count(*) FROM broadcast_ranges")

        await eventually(nothing_is_in_flight)
        told = audience.came.total()
        # Two links with two ranges each, of which only what had left came to its end.
        assert told <= 40 + 2 * 32
        await until_counts(database, news, {"SENT": told, "CREATED": 300 - told})
        async with database.transaction() as transaction:
            await deliveries.resume_broadcast(transaction, news)
        await until_counts(database, news, {"SENT": 300})
    assert audience.came == dict.fromkeys(names, 1)


async def test_a_worker_that_stops_gives_back_what_it_has_not_submitted(database: Database, tmp_path: Path) -> None:
    audience = Audience()
    audience.holds_after = 20
    names = [str(number) for number in range(200)]
    async with service(audience.take) as url:
        await audience.subscribe(database, url, names)
        news = await start(database)
        async with carrying(database, tmp_path):
            await eventually(lambda: not audience.open.is_set())
            asyncio.get_running_loop().call_soon(audience.open.set)
        assert not await database.fetchval("SELECT count(*) FROM broadcast_ranges")
        async with carrying(database, tmp_path):
            await until_counts(database, news, {"SENT": 200})
    assert audience.came == dict.fromkeys(names, 1)
