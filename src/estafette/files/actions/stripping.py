"""Takes out of pictures that were kept earlier what they tell of people; what comes now is stripped on arrival."""

import asyncio
from hashlib import sha256
from typing import Final
from uuid import UUID

import structlog

from estafette.base.database import Database
from estafette.base.errors import NotFound, Unavailable
from estafette.base.images.process import Pictures, Seen
from estafette.files.rules import kinds, paths
from estafette.files.storage import Storage
from estafette.files.store import files, waiting_pictures

ROUND: Final = 100
"""A round takes a core some minutes at most, at a low priority."""
TRIES: Final = 3
"""For a picture that cannot be stripped; it stays in the list for whoever looks after it."""
_SYSTEM: Final = "system"

_log = structlog.get_logger("estafette.files")


async def strip_earlier(database: Database, storage: Storage, pictures: Pictures) -> int:
    """Strips some of the pictures that were kept earlier, and returns at how many it looked; the next round goes on.

    A file keeps its id and its small copy; its size and its digest change. Cut off at any point, the next round does
    the rest: the same is done twice with the same outcome. Raises StorageFailed.
    """
    waiting = await waiting_pictures.unstripped(database, TRIES, ROUND)
    for file_id in waiting:
        if await _strip(database, storage, pictures, file_id):
            await waiting_pictures.forget_unstripped(database, file_id)
    return len(waiting)


async def _strip(database: Database, storage: Storage, pictures: Pictures, file_id: UUID) -> bool:
    """Whether the file needs no further look."""
    found = await files.by_ids(database, [file_id])
    if not found:
        return True
    path = paths.content(found[0].content_id)
    try:
        content = await asyncio.to_thread(storage.whole, path)
    except NotFound:
        return True
    media_type = kinds.sniff(content[: kinds.HEAD_BYTES], is_text=False)
    seen = Seen(None, None)
    if media_type in kinds.STRIPPED:
        try:
            seen = await pictures.inspect(_SYSTEM, lambda: content, media_type)
        except Unavailable:
            _log.error("picture_left_unstripped", file=str(file_id))
            await waiting_pictures.count_try_to_strip(database, file_id)
            return False
    kept = content
    if seen.content is not None:
        kept = seen.content
        await storage.put(path, kept)
    # The other case: somebody was cut off between the bytes and the row.
    if seen.content is not None or len(kept) != found[0].file.size:
        await waiting_pictures.replace_content(database, file_id, len(kept), sha256(kept).digest())
    return True
