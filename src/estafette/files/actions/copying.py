"""Makes copies of pictures in the widths that pages show, once each is in use; until then the small copy stands in."""

import asyncio
from typing import Final
from uuid import UUID

import structlog

from estafette.base.database import Database
from estafette.base.errors import NotFound, Problem
from estafette.base.images.process import Pictures
from estafette.files.rules import paths
from estafette.files.storage import Storage
from estafette.files.store import files, waiting_pictures

ROUND: Final = 20
TRIES: Final = 3
_SYSTEM: Final = "system"

_log = structlog.get_logger("estafette.files")


async def copy_pictures(database: Database, storage: Storage, pictures: Pictures) -> int:
    """Makes the copies of some pictures that wait for them, and returns at how many it looked; 0 when none waits.

    Cut off at any point, the next round does the rest: the same is done twice with the same outcome. A picture that
    cannot be copied is shown as it was, and tried again later.
    """
    waiting = await waiting_pictures.uncopied(database, TRIES, ROUND)
    for file_id in waiting:
        try:
            await _copy(database, storage, pictures, file_id)
        except (Problem, OSError):
            _log.exception("picture_not_copied", file=str(file_id))
            await waiting_pictures.count_try_to_copy(database, file_id)
    return len(waiting)


async def _copy(database: Database, storage: Storage, pictures: Pictures, file_id: UUID) -> None:
    found = await files.by_ids(database, [file_id])
    if not found or not found[0].file.has_thumbnail:
        await waiting_pictures.forget_uncopied(database, file_id)
        return
    content_id, made = found[0].content_id, list[int]()
    try:
        content = await asyncio.to_thread(storage.whole, paths.content(content_id))
    except NotFound:
        content = b""  # Of bytes that are gone there are none.
    for copy in await pictures.copies(_SYSTEM, content, found[0].file.media_type):
        await storage.put(paths.copy(content_id, copy.width), copy.content)
        made.append(copy.width)
    await waiting_pictures.keep_copies(database, file_id, content_id, sorted(made))
