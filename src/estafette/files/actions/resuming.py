"""Takes files in part by part, so that what is safe need not be sent again (tus 1.0)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from hmac import compare_digest
from typing import Final
from uuid import UUID

import structlog

from estafette.base import limits, quotas
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, Problem, TooLarge
from estafette.base.idempotency import KeyReused
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas
from estafette.files.actions.incoming import Checksum, ChecksumWrong, Incoming
from estafette.files.errors import TooManyParts, TooManyUploads, UploadIncomplete, UploadMoved
from estafette.files.models import File, Part, Upload
from estafette.files.rules import UPLOADS_PER_HOUR, names, paths
from estafette.files.storage import Storage
from estafette.files.store import contents, files, uploads

PART_BYTES: Final = 8 * 1024 * 1024
MOST_PARTS: Final = 1_000
"""Of one upload, beyond those that it would need at least: each break of a connection leaves a smaller one."""
MOST_UNFINISHED: Final = 20
KEPT: Final = timedelta(hours=24)
"""Since the last part."""
_HOUR: Final = 3600

TakeIn = Callable[
    [UUID, str, AsyncIterator[bytes], str, Callable[[Transaction, UUID], Awaitable[None]]], Awaitable[tuple[File, bool]]
]
"""Makes a file of an owner, by its name, from bytes, once for a key; and whether it was not there before.

The last argument is called with the new file's id in the transaction that makes it.
"""


_log = structlog.get_logger("estafette.files")


class Resumable:
    """Uploads in parts, for one process."""

    def __init__(
        self, database: Database, storage: Storage, take_in: TakeIn, limits_of_day: Quotas, max_bytes: int
    ) -> None:
        self._database = database
        self._storage = storage
        self._take_in = take_in
        self._quotas = limits_of_day
        self.max_bytes = max_bytes

    async def begin(self, owner_id: UUID, name: str, size: int, key: str | None = None) -> Upload:
        """Begins an upload; its bytes are counted now, so that no quota ends it in the middle.

        A retry with the same key gets the same upload. Raises TooLarge, TooMany, TooManyUploads, KeyReused,
        QuotaExceeded, DiskFull.
        """
        database, name = self._database, names.harmless(name)
        if size > self.max_bytes:
            raise TooLarge(max=self.max_bytes)
        if key is not None and (earlier := await uploads.by_key(database, owner_id, key)):
            return _repeated(earlier, name, size)
        await limits.take(database, f"uploads:{owner_id}", limit=UPLOADS_PER_HOUR, seconds=_HOUR)
        self._quotas.check_disk_for(size)
        await quotas.take_bytes(database, owner_id, size, self._quotas)
        now = database.clock.now()
        upload = Upload(id=new_id(), name=name, size=size, received=0, expires_at=now + KEPT, created_at=now)
        kept = False
        try:
            async with database.transaction() as transaction:
                await uploads.lock_owner(transaction, owner_id)
                earlier = await uploads.by_key(transaction, owner_id, key) if key is not None else None
                if earlier is None:
                    if await uploads.unfinished(transaction, owner_id, now) >= MOST_UNFINISHED:
                        raise TooManyUploads(max=MOST_UNFINISHED)
                    await uploads.begin(transaction, upload, owner_id, key)
            kept = earlier is None
        finally:
            if not kept:
                await quotas.give_back(database, owner_id, size)
        return upload if earlier is None else _repeated(earlier, name, size)

    async def look(self, owner_id: UUID, upload_id: UUID) -> Upload:
        """How far an upload is; raises NotFound."""
        found = await uploads.find(self._database, owner_id, upload_id, self._database.clock.now())
        if found is None:
            raise NotFound
        return found

    async def receive(
        self,
        owner_id: UUID,
        upload_id: UUID,
        offset: int,
        pieces: AsyncIterator[bytes],
        checksum: Checksum | None = None,
    ) -> Upload:
        """Adds bytes at an offset; what is safe when the sender goes away, or the server dies, stays.

        With a checksum either all of the body is kept or nothing. Raises NotFound, UploadMoved where the offset is not
        (or, by another request, no longer) how far it is, TooManyParts, ChecksumWrong, StorageFailed, DiskFull;
        TooLarge for more than was announced, which ends the upload; and what ended `pieces`.
        """
        upload, writer = await self.look(owner_id, upload_id), new_id()
        self._quotas.check_disk_for(upload.size - upload.received)
        if not await uploads.take(self._database, upload_id, offset, writer):
            raise UploadMoved(offset=(await self.look(owner_id, upload_id)).received)
        body = Incoming(pieces, upload.size - offset, checksum.algorithm if checksum else None)
        waiting: list[Part] = []
        try:
            while await body.has_more():
                part = await self._keep(owner_id, upload_id, writer, offset + body.taken, body)
                waiting += [part] if part.size else []
                if checksum is None and not body.too_long:
                    await self._count(owner_id, upload_id, writer, waiting)
            if body.too_long:
                await self.end(owner_id, upload_id)
                raise TooLarge(max=upload.size)
            if checksum is not None and body.broken is None:
                if not compare_digest(body.digest, checksum.digest):
                    raise ChecksumWrong
                await self._count(owner_id, upload_id, writer, waiting)
            if body.broken is not None:
                raise body.broken
        finally:
            if waiting:
                await self._give_up(waiting)
        return await self.look(owner_id, upload_id)

    async def finish(self, owner_id: UUID, upload_id: UUID) -> File:
        """Makes a file of what has come whole, once however often it is asked; raises NotFound, UploadIncomplete.

        Also what taking a file in raises. What is larger than it may be is ended.
        """
        upload = await self.look(owner_id, upload_id)
        if upload.file_id is not None:
            return await self._finished(upload.file_id)
        if upload.received < upload.size:
            raise UploadIncomplete(received=upload.received, size=upload.size)
        self._quotas.check_disk_for(upload.size)
        parts: list[UUID] = []

        async def become(transaction: Transaction, file_id: UUID) -> None:
            gone = await uploads.finish(transaction, upload_id, file_id, transaction.clock.now())
            if gone is None:
                raise NotFound
            parts.extend(gone)

        key = f"upload:{upload_id}"
        try:
            file, is_new = await self._take_in(owner_id, upload.name, self._pieces(upload), key, become)
        except Problem as problem:
            # Whoever asked at the same time may have taken the parts away.
            upload = await self.look(owner_id, upload_id)
            if upload.file_id is not None:
                return await self._finished(upload.file_id)
            if isinstance(problem, TooLarge):
                await self.end(owner_id, upload_id)
            raise
        if is_new:
            await self._give_back(owner_id, upload, upload.size - file.size)
            await self._remove(parts)
        return file

    async def end(self, owner_id: UUID, upload_id: UUID) -> None:
        """Ends an upload with all that has come; what became a file stays. Raises NotFound."""
        upload = await self.look(owner_id, upload_id)
        async with self._database.transaction() as transaction:
            parts, unused = await uploads.end(transaction, [upload_id], transaction.clock.now())
        await self._give_back(owner_id, upload, unused)
        await self._remove(parts)

    async def _keep(self, owner_id: UUID, upload_id: UUID, writer: UUID, place: int, body: Incoming) -> Part:
        content_id = new_id()
        if not await uploads.begin_part(self._database, upload_id, content_id, place, writer, MOST_PARTS, PART_BYTES):
            upload = await self.look(owner_id, upload_id)
            if await uploads.is_writer(self._database, upload_id, writer):
                raise TooManyParts(max=MOST_PARTS)
            raise UploadMoved(offset=upload.received)
        before = body.taken
        try:
            await self._storage.put(paths.content(content_id), body.part(PART_BYTES))
        except BaseException:
            await self._give_up([Part(content_id, place, 0)])
            raise
        part = Part(content_id, place, body.taken - before)
        if not part.size:
            await self._give_up([part])
        return part

    async def _count(self, owner_id: UUID, upload_id: UUID, writer: UUID, waiting: list[Part]) -> None:
        """Counts parts, which takes them off the list; raises UploadMoved."""
        if not waiting:
            return
        expires_at = self._database.clock.now() + KEPT
        if not await uploads.count(self._database, upload_id, writer, waiting, expires_at):
            raise UploadMoved(offset=(await self.look(owner_id, upload_id)).received)
        waiting.clear()

    async def _give_up(self, parts: list[Part]) -> None:
        ids = [each.content_id for each in parts]
        await self._remove(await uploads.give_up_parts(self._database, ids, self._database.clock.now()))

    async def _remove(self, content_ids: list[UUID]) -> None:
        """Removes the bytes of parts that were given up; what cannot be removed now is left to the sweep."""
        with suppress(Exception):
            for content_id in content_ids:
                await self._storage.remove(paths.content(content_id))
            await contents.forget(self._database, content_ids)

    async def _give_back(self, owner_id: UUID, upload: Upload, size: int) -> None:
        """Takes off bytes that are not kept, of the day on which they were counted."""
        if size > 0 and upload.created_at.date() == self._database.clock.now().date():
            await quotas.give_back(self._database, owner_id, size)

    async def _finished(self, file_id: UUID) -> File:
        found = await files.by_ids(self._database, [file_id])
        if not found:
            raise NotFound
        return found[0].file

    async def _pieces(self, upload: Upload) -> AsyncIterator[bytes]:
        """All that has come; raises NotFound where it is not all any more."""
        left = upload.size
        for part in await uploads.parts(self._database, upload.id):
            async for piece in await self._storage.read(paths.content(part.content_id), 0, part.size):
                left -= len(piece)
                yield piece
        if left:
            _log.error("upload_incomplete_in_storage", upload=str(upload.id), missing=left)
            raise NotFound


def _repeated(earlier: Upload, name: str, size: int) -> Upload:
    if (earlier.name, earlier.size) != (name, size):
        raise KeyReused
    return earlier
