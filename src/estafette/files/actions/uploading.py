"""Takes a file in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec
from asyncpg import UniqueViolationError

from estafette.base import limits, quotas
from estafette.base.database import Database, Transaction
from estafette.base.idempotency import KeyReused
from estafette.base.ids import new_id
from estafette.base.images.process import Pictures
from estafette.base.quotas import Quotas
from estafette.files.actions.arrival import Arrival
from estafette.files.actions.resuming import Resumable
from estafette.files.actions.sweeping import remove_contents
from estafette.files.errors import StorageFailed
from estafette.files.models import File, Stored
from estafette.files.rules import MAX_BYTES, UPLOADS_PER_HOUR, kinds, names, paths
from estafette.files.storage import Storage
from estafette.files.store import files

HOUR: Final = 3600


class Uploader:
    """Takes files in for one process."""

    def __init__(
        self,
        database: Database,
        storage: Storage,
        pictures: Pictures,
        limits_of_day: Quotas | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._database = database
        self._storage = storage
        self._pictures = pictures
        self._quotas = limits_of_day or Quotas()
        self.max_bytes = max_bytes
        self.resumable = Resumable(database, storage, self._take_in, self._quotas, max_bytes)

    async def upload(
        self,
        owner_id: UUID,
        name: str,
        pieces: AsyncIterator[bytes],
        key: str | None = None,
        *,
        announced: int | None = None,
    ) -> File:
        """Keeps the bytes that stream in, then the file; a retry with the same key and content gets the same file.

        What a picture tells of people is not kept. Raises TooLarge, PictureTooLarge, TooMany, QuotaExceeded,
        StorageFailed, DiskFull, Unavailable, and KeyReused when the key stands for another file. Nothing is half-kept:
        a process that dies in between leaves a row that nobody sees and that `sweep` removes together with its bytes.
        """
        database = self._database
        announced = self.max_bytes if announced is None else announced
        await limits.take(database, f"uploads:{owner_id}", limit=UPLOADS_PER_HOUR, seconds=HOUR)
        self._quotas.check_disk_for(announced)
        # Before they come: of many uploads at once none may pass because the others are not counted yet.
        await quotas.take_bytes(database, owner_id, announced, self._quotas)
        kept = 0
        try:
            file, is_new = await self._take_in(owner_id, names.harmless(name), pieces, key)
            kept = file.size if is_new else 0
        finally:
            await quotas.give_back(database, owner_id, announced - kept)
        return file

    async def _take_in(
        self,
        owner_id: UUID,
        name: str,
        pieces: AsyncIterator[bytes],
        key: str | None,
        also: Callable[[Transaction, UUID], Awaitable[None]] | None = None,
    ) -> tuple[File, bool]:
        """The file, and whether it was not there before; `also` is called in the transaction that makes it."""
        database, storage, arrival = self._database, self._storage, Arrival(pieces, self.max_bytes)
        if key is not None and (earlier := await files.by_key(database, owner_id, key)):
            await arrival.drain()
            return _repeated(earlier, name, arrival.sha256), False
        file_id = new_id()
        await files.begin(database, file_id, owner_id, name, database.clock.now())
        try:
            file, kept = await self._keep(owner_id, file_id, name, arrival)
            holds_text = kinds.may_hold_text(file.media_type)
            async with database.transaction() as transaction:
                now = transaction.clock.now()
                content_id = await files.finish(
                    transaction, file, arrival.sha256, kept, key, now, holds_text=holds_text
                )
                if content_id is None:
                    raise StorageFailed  # It took more than a day, and the sweep came first.
                if also is not None:
                    await also(transaction, file_id)
        except UniqueViolationError:
            await _discard(database, storage, file_id)
            earlier = await files.by_key(database, owner_id, key or "")
            if earlier is None:
                raise KeyReused from None
            return _repeated(earlier, name, arrival.sha256), False
        except Exception:
            await _discard(database, storage, file_id)
            raise
        if content_id != file_id:
            with suppress(Exception):
                await remove_contents(database, storage, [file_id])
        return file, True

    async def _keep(self, owner_id: UUID, file_id: UUID, name: str, arrival: Arrival) -> tuple[File, bytes]:
        """Stores the bytes and their small copy, and says what they are, with the digest of what is kept."""
        storage, path = self._storage, paths.content(file_id)
        await storage.put(path, arrival.pieces())
        media_type = kinds.sniff(arrival.head, is_text=arrival.is_text)
        file = File(id=file_id, name=name, media_type=media_type, size=arrival.size)
        if media_type not in kinds.STRIPPED:
            return file, arrival.sha256
        content, picture = await self._pictures.inspect(owner_id, lambda: storage.whole(path), media_type)
        kept = arrival.sha256
        if content is not None:
            await storage.put(path, content)
            file, kept = msgspec.structs.replace(file, size=len(content)), sha256(content).digest()
        if media_type not in kinds.SAFE_IMAGES:
            return file, kept
        if picture is None:
            return msgspec.structs.replace(file, media_type=kinds.plain(is_text=arrival.is_text)), kept
        await storage.put(paths.thumbnail(file_id), picture.thumbnail)
        return msgspec.structs.replace(file, width=picture.width, height=picture.height, has_thumbnail=True), kept


def _repeated(earlier: Stored, name: str, digest: bytes) -> File:
    if earlier.file.name != name or earlier.sha256 != digest:
        raise KeyReused
    return earlier.file


async def _discard(database: Database, storage: Storage, file_id: UUID) -> None:
    """Removes what there is of a failed upload; what cannot be removed now is left to the sweep.

    A commit whose answer was lost has made the file all the same: it stays, as others may share its bytes by now.
    """
    with suppress(Exception):
        now = database.clock.now()
        async with database.transaction() as transaction:
            await files.give_up_begun(transaction, file_id, now)
            _, given_up = await files.forget(transaction, [file_id], now)
        await remove_contents(database, storage, given_up)
