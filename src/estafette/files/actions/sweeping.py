"""Removes bytes that nobody needs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from estafette.base.backups.running import is_under_way
from estafette.base.database import Database
from estafette.base.images.widths import JPEG, WIDTHS
from estafette.files.models import Swept
from estafette.files.rules import UNCLAIMED_HOURS, paths
from estafette.files.storage import Storage
from estafette.files.store import contents, files, uploads

BATCH: Final = 200


async def sweep(database: Database, storage: Storage) -> Swept:
    """Removes uploads that nobody took into use or went on with for 24 hours, what crashes left, and files given up.

    Bytes go with the last file that holds them, and before their row, so a sweep that is cut off is continued by the
    next one. While a backup is under way all stays: it may have seen the files before these were given up. Raises
    StorageFailed.
    """
    now = database.clock.now()
    abandoned = removed = 0
    while expired := await uploads.expired(database, now, BATCH):
        async with database.transaction() as transaction:
            await uploads.end(transaction, expired, now)
    while count := await files.abandon(database, now - timedelta(hours=UNCLAIMED_HOURS), now, BATCH):
        abandoned += count
    while given_up := await files.given_up(database, BATCH):
        # Asked afterwards: what a backup that begins later sees of these files is that they were given up.
        if await is_under_way(database):
            break
        async with database.transaction() as transaction:
            removed += (await files.forget(transaction, given_up, now))[0]
    while without_files := await contents.given_up(database, now, BATCH):
        if await is_under_way(database):
            break
        await remove_contents(database, storage, without_files)
    return Swept(abandoned=abandoned, removed=removed)


async def remove_contents(database: Database, storage: Storage, ids: Sequence[UUID]) -> None:
    """Removes bytes that were given up, with their copies, then their rows. Raises StorageFailed."""
    for content_id in ids:
        await storage.remove(paths.content(content_id))
        await storage.remove(paths.thumbnail(content_id))
        for width in (*WIDTHS, JPEG):
            await storage.remove(paths.copy(content_id, width))
    await contents.forget(database, ids)
