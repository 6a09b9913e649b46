"""Removes bytes that nobody needs."""

from datetime import timedelta
from typing import Final

from estafette.base.backups.running import is_under_way
from estafette.base.database import Database
from estafette.base.images.widths import JPEG, WIDTHS
from estafette.files.models import Swept
from estafette.files.rules import UNCLAIMED_HOURS, paths
from estafette.files.storage import Storage
from estafette.files.store import files

BATCH: Final = 200


async def sweep(database: Database, storage: Storage) -> Swept:
    """Removes uploads that were not taken into use for 24 hours, what crashes left behind, and files given up.

    Bytes go before rows, so a sweep that is cut off is continued by the next one. While a backup is under way bytes
    stay: it may have seen their files before these were given up. Raises StorageFailed.
    """
    now = database.clock.now()
    abandoned = removed = 0
    while count := await files.abandon(database, now - timedelta(hours=UNCLAIMED_HOURS), now, BATCH):
        abandoned += count
    while given_up := await files.given_up(database, BATCH):
        # Asked afterwards: what a backup that begins later sees of these files is that they were given up.
        if await is_under_way(database):
            break
        for file_id in given_up:
            await storage.remove(paths.content(file_id))
            await storage.remove(paths.thumbnail(file_id))
            for width in (*WIDTHS, JPEG):
                await storage.remove(paths.copy(file_id, width))
        removed += await files.forget(database, given_up)
    return Swept(abandoned=abandoned, removed=removed)
