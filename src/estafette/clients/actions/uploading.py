"""A file of clients comes in: it is kept as it is, and what kind of table it is is told from its bytes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from msgspec.structs import asdict

from estafette.accounts import Form, SignedIn, line
from estafette.base import limits
from estafette.base.database import Database
from estafette.base.disk import full_disk_told
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas
from estafette.base.tables.formats import TableFormat, Unreadable, format_of
from estafette.base.tables.receiving import BUFFER, received
from estafette.base.tables.records import columns_of
from estafette.clients.actions.attributes import known_attributes
from estafette.clients.models.imports import ClientImport, ImportRow
from estafette.clients.rules.columns import guesses
from estafette.clients.rules.permissions import require_communications
from estafette.clients.store import imports
from estafette.files import Storage

MAX_BYTES: Final = 256 * 1024 * 1024
MAX_LINES: Final = 1_000_000
UPLOADS_PER_HOUR: Final = 60
_HOUR: Final = 3600
_file_name = line(200, shortest=0)


async def upload_file(
    database: Database,
    storage: Storage,
    quotas: Quotas,
    who: SignedIn,
    file_name: str,
    pieces: AsyncIterator[bytes],
) -> ClientImport:
    """Keeps a file, and guesses what stands in its columns; nothing is imported yet.

    Raises Forbidden, Invalid, TooLarge, TooMany, StorageFailed and DiskFull.
    """
    require_communications(who)
    await limits.take(database, f"client-imports:{who.person_id}", limit=UPLOADS_PER_HOUR, seconds=_HOUR)
    with Form() as form:
        name = form.read("name", _file_name, file_name)
    quotas.check_disk()
    with full_disk_told(), TemporaryDirectory(prefix="estafette-import-") as folder:
        path = Path(folder) / "table"
        size = await received(path, pieces, quotas, MAX_BYTES)
        try:
            form_, columns = await asyncio.to_thread(_looked_at, path)
        except Unreadable as error:
            raise invalid("file", error.code, **error.values) from None
        new = ImportRow(
            id=new_id(),
            file_name=name,
            size=size,
            format=form_.format,
            encoding=form_.encoding,
            separator=form_.separator,
            lines=form_.lines,
            columns=columns,
            state="uploaded",
            created_at=database.clock.now(),
            created_by=who.person_id,
        )
        # Its row is there before its bytes: those of a process that was killed in between are found and removed.
        await imports.insert(database, new)
        try:
            await storage.put(kept_at(new.id), _read(path))
        except BaseException:
            await remove_kept(database, storage, new.id)
            raise
    known = await known_attributes(database)
    return ClientImport(**asdict(new), created_by_name=who.name, guesses=guesses(columns, known))


def kept_at(import_id: UUID) -> str:
    """Under which path of the storage the bytes of an import lie."""
    return f"client-imports/{import_id.hex}"


async def remove_kept(database: Database, storage: Storage, import_id: UUID) -> None:
    """Removes the bytes of an import, and one that was never begun with them; raises StorageFailed."""
    await storage.remove(kept_at(import_id))
    async with database.transaction() as transaction:
        await imports.note_file_gone(transaction, import_id)


def format_kept(found: ImportRow) -> TableFormat:
    """How the file of an import is read."""
    return TableFormat(format=found.format, encoding=found.encoding, separator=found.separator, lines=found.lines)


def _looked_at(path: Path) -> tuple[TableFormat, list[str]]:
    form = format_of(path)
    # Lines within quotes count, too: so a file within the limit may be refused that has very many of these.
    if form.lines > MAX_LINES * 2:
        raise Unreadable("too_many_rows", max=MAX_LINES)
    return form, columns_of(path, form)


async def _read(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := await asyncio.to_thread(file.read, BUFFER):
            yield piece
