"""The loop that keeps the register of WhatsApp templates fresh."""

import asyncio
from typing import Final

from estafette.base.database import Database
from estafette.base.vault import Vault
from estafette.base.work_loop import work_loop
from estafette.deliveries.actions.whatsapp_templates import TEMPLATES_WANTED, refresh_due
from estafette.deliveries.models.engine import GATEWAYS_CHANGED, TransportEnvironment

AT_ONCE: Final = 0.0


async def run_whatsapp_templates(
    database: Database, vault: Vault, environment: TransportEnvironment, stop: asyncio.Event
) -> None:
    """Fetches templates every hour, when a gateway was changed, and when somebody asks, until told to stop."""
    wake = asyncio.Event()
    for each in (TEMPLATES_WANTED, GATEWAYS_CHANGED):
        database.bus.on(each, lambda _: wake.set())

    async def fetch_one() -> float | None:
        return AT_ONCE if await refresh_due(database, vault, environment) else None

    await work_loop(fetch_one, wake, stop)
