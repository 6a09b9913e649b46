"""Reads the text of what was uploaded, once for each content, and announces it for each file."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from estafette.base.changes import Change, append
from estafette.base.database import Database, Queries
from estafette.base.errors import NotFound, Problem
from estafette.base.text_extraction.limits import MAX_CHARACTERS, MAX_CONTENT_BYTES, SECONDS
from estafette.base.text_extraction.process import Extracted, extract
from estafette.files.models import Stored
from estafette.files.rules import paths
from estafette.files.storage import Storage
from estafette.files.store import files, texts

TEXT_READY: Final = "file_text_ready"
STORAGE_AWAY: Final = 10.0
"""Seconds in which a worker reads nothing after the storage failed."""
_PUT_OFF: Final = timedelta(seconds=2 * SECONDS)

_log = structlog.get_logger("estafette.files")


async def read_text(database: Database, storage: Storage) -> float | None:
    """Reads the text of one file that waits for it; returns after how many seconds to go on, None when none waits.

    The change `file_text_ready` (its stream and subject are the file, which has no other) is committed with the text.
    What holds none, is broken, encrypted or costs too much is noted and announces nothing. Cut off at any point,
    another worker does it again two minutes later; what fails three times is left on the list. A storage that is
    away, or has lost the bytes, costs no try: the file is put off, longer each time.
    """
    now = database.clock.now()
    async with database.transaction() as transaction:
        await texts.lock_taking(transaction)
        file_id = await texts.take(transaction, now, now + _PUT_OFF)
    if file_id is None:
        return None
    found = await files.by_ids(database, [file_id])
    try:
        # What was given up needs none; what was read for another file needs no second look.
        if not found or await texts.is_read(database, found[0].sha256):
            read = None
        else:
            read = await _extract(storage, found[0])
    except (Problem, OSError) as error:
        _log.exception("text_not_read", file=str(file_id))
        await texts.put_off(database, file_id, database.clock.now())
        return 0.0 if isinstance(error, NotFound) else STORAGE_AWAY
    async with database.transaction() as transaction:
        if found and read is None and not await texts.is_read(transaction, found[0].sha256):
            return 0.0  # It went meanwhile with the last other file: the next one who takes this reads anew.
        if not await texts.take_off(transaction, file_id):
            return 0.0
        if read is not None:
            await texts.keep(transaction, found[0].sha256, read.text, read.reason, transaction.clock.now())
        if await texts.by_file(transaction, [file_id], 1):
            await append(transaction, [Change(file_id, 1, TEXT_READY, file_id, transaction.clock.now())])
    return 0.0


async def texts_of(queries: Queries, file_ids: Sequence[UUID], most: int = MAX_CHARACTERS) -> dict[UUID, str]:
    """The texts of files, in lines, of each at most so many characters of the 200,000 that are kept.

    Those without any, or not read yet, are missing. Whether somebody may read a file is not asked here.
    """
    return await texts.by_file(queries, file_ids, most) if file_ids else {}


async def _extract(storage: Storage, stored: Stored) -> Extracted:
    size = stored.file.size
    if size > MAX_CONTENT_BYTES:
        return Extracted("", "too_large")
    found = await extract(await storage.read(paths.content(stored.content_id), 0, size))
    if found.reason is not None:
        _log.info("file_without_text", file=str(stored.file.id), reason=found.reason, characters=len(found.text))
    return found
