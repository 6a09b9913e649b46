"""Opens what a process needs, in order, and closes it in reverse: pool, bus, storage, hub."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from estafette import accounts, conversations
from estafette.base.clock import Clock
from estafette.base.database import Database, open_pool
from estafette.base.postgres_bus import PostgresBus
from estafette.base.settings import Settings
from estafette.files import open_storage
from estafette.main.access import may_fetch
from estafette.main.prompt_bus import PromptBus
from estafette.main.readiness import Readiness
from estafette.realtime import Hub, read_party_frames
from estafette.web.identity import Identities
from estafette.web.parts import Parts


@asynccontextmanager
async def open_database(dsn: str, *, size: int = 10) -> AsyncGenerator[Database, None]:
    """A database with its running bus; raises what asyncpg raises when it cannot be reached."""
    bus = PostgresBus(dsn)
    pool = await open_pool(dsn, size=size)
    try:
        await bus.start()
        yield Database(pool, bus, Clock())
    finally:
        await bus.stop()
        await pool.close()


@asynccontextmanager
async def open_web(settings: Settings, dsn: str, identities: Identities) -> AsyncGenerator[Parts, None]:
    """The parts of a web process."""
    async with open_database(dsn) as plain:
        bus = PromptBus(plain.bus, identities.hear)
        database = Database(plain.pool, bus, plain.clock)
        # Whoever is asked again must not be answered from what is about to be forgotten.
        identities.follow(plain.bus)
        hub = Hub(
            plain.bus,
            {
                "conversation": partial(conversations.read_frames, database),
                "party": partial(read_party_frames, database),
            },
            frame_event=conversations.FRAME,
            identity_event=accounts.IDENTITY,
        )
        await hub.start()
        try:
            yield Parts(
                settings=settings,
                database=database,
                storage=open_storage(settings.files),
                may_fetch=partial(may_fetch, database),
                not_ready=Readiness(dsn, database, plain.bus).missing,
                more={"live": hub, "sender": conversations.Sender(database)},
            )
        finally:
            await hub.stop()
