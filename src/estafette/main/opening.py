"""Opens what a process needs, in order, and closes it in reverse: pool, bus, storage, hub."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import asyncpg

from estafette import accounts, contact_requests, conversations, deliveries
from estafette.base.clock import Clock
from estafette.base.database import Database, open_pool
from estafette.base.database_health import DatabaseHealth
from estafette.base.images.process import Pictures
from estafette.base.postgres_bus import PostgresBus
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.files import Uploader, open_storage
from estafette.main.access import may_fetch
from estafette.main.prompt_bus import PromptBus
from estafette.main.quotas import quotas_of
from estafette.main.readiness import Readiness
from estafette.main.surroundings import surroundings
from estafette.main.tellers import TELLERS
from estafette.realtime import FRAME, Hub, read_party_frames
from estafette.web.identity import Identities
from estafette.web.parts import Parts

# A query that does not end must not keep the process from ending.
CLOSING_SECONDS = 1.5
WEB_CONNECTIONS = 10
URGENT_CONNECTIONS = 4

Connect = Callable[..., Awaitable[Any]]


@asynccontextmanager
async def open_database(dsn: str, *, size: int = 10) -> AsyncGenerator[Database, None]:
    """A database with its running bus; raises what asyncpg raises when it cannot be reached."""
    async with _open(dsn, size) as (pool, bus):
        yield Database(pool, bus, Clock())


@asynccontextmanager
async def open_web(settings: Settings, dsn: str, identities: Identities) -> AsyncGenerator[Parts, None]:
    """The parts of a web process."""
    async with (
        _watched(DatabaseHealth(dsn)) as health,
        _open(dsn, WEB_CONNECTIONS, health.connect) as (pool, bus),
        _pool(dsn, URGENT_CONNECTIONS, health.connect) as urgent_pool,
    ):
        database = Database(pool, PromptBus(bus, identities.hear), Clock(), health.check)
        # However many slow questions people ask at once: what is said is stored, and what was said is told.
        urgent = Database(urgent_pool, bus, Clock(), health.check)
        # Before the hub: whoever it asks again must not be answered from what is about to be forgotten.
        identities.follow(bus)
        vault = open_vault(settings.data)
        hub = Hub(
            bus,
            {
                "conversation": partial(conversations.read_frames, urgent),
                "party": partial(read_party_frames, urgent),
            },
            frame_event=FRAME,
            identity_event=accounts.IDENTITY,
        )
        await hub.start()
        storage = open_storage(settings.files)
        limits = quotas_of(settings)
        try:
            yield Parts(
                settings=settings,
                database=database,
                storage=storage,
                may_fetch=partial(may_fetch, database),
                listening=lambda: bus.listening,
                not_ready=Readiness(dsn, database, bus, limits.disk).missing,
                more={
                    "acceptor": deliveries.Acceptor(urgent, limits),
                    "carries_mail": partial(deliveries.carries, database, "email"),
                    "callbacks": deliveries.Callbacks(urgent, vault, surroundings(settings)),
                    "live": hub,
                    "quotas": limits,
                    "request_acceptor": contact_requests.Acceptor(urgent, limits),
                    "sender": conversations.Sender(urgent, limits),
                    "tellers": TELLERS,
                    "uploader": Uploader(database, storage, Pictures(), limits),
                    "vault": vault,
                },
            )
        finally:
            await hub.stop()


@asynccontextmanager
async def _watched(health: DatabaseHealth) -> AsyncGenerator[DatabaseHealth, None]:
    await health.start()
    try:
        yield health
    finally:
        await health.stop()


@asynccontextmanager
async def _open(
    dsn: str, size: int, connect: Connect | None = None
) -> AsyncGenerator[tuple[asyncpg.Pool, PostgresBus], None]:
    bus = PostgresBus(dsn)
    async with _pool(dsn, size, connect) as pool:
        try:
            await bus.start()
            yield pool, bus
        finally:
            await bus.stop()


@asynccontextmanager
async def _pool(dsn: str, size: int, connect: Connect | None = None) -> AsyncGenerator[asyncpg.Pool, None]:
    pool = await open_pool(dsn, size=size, connect=connect)
    try:
        yield pool
    finally:
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                await pool.close()
        except TimeoutError:
            pool.terminate()
