"""Lets what was kept before contents were shared be shared, too."""

from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

import structlog

from estafette.base.database import Database
from estafette.base.errors import NotFound
from estafette.files.rules import paths
from estafette.files.storage import Storage
from estafette.files.store import contents

ROUND: Final = 200
TRIES: Final = 3
STILL_READ: Final = timedelta(hours=1)
"""Whoever asked for a file before it moved may be reading its own bytes."""

_log = structlog.get_logger("estafette.files")


async def share_earlier(database: Database, storage: Storage) -> int:
    """Reads some of the contents that were not compared yet, and returns how many; the next round goes on.

    Files of the same bytes share one content from then on. Pictures that are still to be stripped wait for that. Cut
    off at any point, the next round does the rest. Raises StorageFailed.
    """
    waiting = await contents.uncompared(database, TRIES, ROUND)
    for content_id in waiting:
        digest = await _digest(storage, content_id)
        if digest is None:
            _log.error("content_not_compared", content=str(content_id))
            await contents.count_try_to_compare(database, content_id)
            continue
        async with database.transaction() as transaction:
            now = transaction.clock.now()
            await contents.share(transaction, content_id, digest, now + STILL_READ)
    return len(waiting)


async def _digest(storage: Storage, content_id: UUID) -> bytes | None:
    """The digest of what is kept; None where it is missing."""
    found = sha256()
    try:
        async for piece in await storage.everything(paths.content(content_id)):
            found.update(piece)
    except NotFound:
        return None
    return found.digest()
