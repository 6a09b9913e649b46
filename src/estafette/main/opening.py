"""Opens what a process needs, in order, and closes it in reverse: pool, bus, storage, hub."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from estafette import accounts, communications, contact_requests, conversations, deliveries, documents, presence
from estafette.base.clock import Clock
from estafette.base.database import Database
from estafette.base.database_health import DatabaseHealth
from estafette.base.images.process import Pictures
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.files import Previews, Uploader, open_storage
from estafette.main.access import may_fetch
from estafette.main.database import open_closing_pool, pool_and_bus
from estafette.main.local_first_bus import LocalFirstBus
from estafette.main.quotas import quotas_of
from estafette.main.readiness import Readiness
from estafette.main.renderers import RENDERERS
from estafette.main.transport_environment import transport_environment
from estafette.realtime import FRAME, Hub, read_party_frames
from estafette.web.identity import Identities
from estafette.web.parts import Parts

WEB_CONNECTIONS = 10
URGENT_CONNECTIONS = 4


@asynccontextmanager
async def open_web(settings: Settings, dsn: str, identities: Identities) -> AsyncGenerator[Parts, None]:
    """The parts of a web process."""
    async with (
        _watched(DatabaseHealth(dsn)) as health,
        pool_and_bus(dsn, WEB_CONNECTIONS, health.connect) as (pool, bus),
        open_closing_pool(dsn, URGENT_CONNECTIONS, health.connect) as urgent_pool,
    ):
        database = Database(pool, LocalFirstBus(bus, identities.on_identity), Clock(), health.check)
        # However many slow questions people ask at once: what is said is stored, and what was said is told.
        urgent = Database(urgent_pool, bus, Clock(), health.check)
        # Before the hub: whoever it asks again must not be answered from what is about to be forgotten.
        identities.follow(bus)
        vault = open_vault(settings.data)
        live_presence = presence.LivePresence(urgent)
        live_communications = communications.LiveCommunications(urgent)
        hub = Hub(
            bus,
            {
                "conversation": partial(conversations.read_frames, urgent),
                "party": partial(read_party_frames, urgent),
                "thread": partial(conversations.read_thread_frames, urgent),
            },
            frame_event=FRAME,
            identity_event=accounts.IDENTITY,
            followers_among=partial(conversations.members_among, urgent),
            observers=(live_presence, live_communications),
        )
        await live_presence.start()
        await live_communications.start()
        await hub.start()
        storage = open_storage(settings.files)
        connectors = documents.Connectors(vault, database.clock, private_addresses=settings.private_addresses)
        limits = quotas_of(settings)
        try:
            yield Parts(
                settings=settings,
                database=database,
                storage=storage,
                uploader=Uploader(database, storage, Pictures(), limits, settings.max_file_bytes),
                previews=Previews(storage),
                may_fetch=partial(may_fetch, database),
                quotas=limits,
                vault=vault,
                sender=conversations.Sender(urgent, limits),
                acceptor=deliveries.Acceptor(urgent, limits),
                callbacks=deliveries.Callbacks(urgent, vault, transport_environment(settings)),
                request_acceptor=contact_requests.Acceptor(urgent, limits),
                documents=documents.Documents(database, connectors),
                renderers=RENDERERS,
                carries_mail=partial(deliveries.carries, database, "email"),
                hub=hub,
                listening=lambda: bus.listening,
                events_dropped=lambda: bus.dropped.count,
                not_ready=Readiness(dsn, database, bus, limits.disk).missing,
            )
        finally:
            await connectors.close()
            await hub.stop()
            await live_communications.stop()
            await live_presence.stop()


@asynccontextmanager
async def _watched(health: DatabaseHealth) -> AsyncGenerator[DatabaseHealth, None]:
    await health.start()
    try:
        yield health
    finally:
        await health.stop()
