"""Gateways at the start: those of the settings file, and the one for Web Push that every installation has."""

from estafette import deliveries
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.main.database import open_database


async def prepare_gateways(settings: Settings, dsn: str) -> None:
    """Brings the gateways into line with the file; raises ValueError with a sentence when the file is wrong."""
    given = [] if settings.gateways is None else deliveries.read_gateway_file(settings.gateways)
    async with open_database(dsn, size=1) as database:
        await deliveries.prepare_gateways(database, open_vault(settings.data), given)
