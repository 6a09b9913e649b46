"""What one person may store in a day, and the room that is kept free, as the operator chose."""

from estafette.base.disk import Disk
from estafette.base.quotas import Quotas
from estafette.base.settings import Settings

MEGABYTE = 1_000_000


def quotas_of(settings: Settings) -> Quotas:
    """The quotas of this installation."""
    return Quotas(
        messages=settings.daily_messages,
        deliveries=settings.daily_deliveries,
        bytes=settings.daily_megabytes * MEGABYTE,
        disk=Disk(settings.data.absolute(), settings.disk_reserve * MEGABYTE),
    )
