"""Lists of clients come from files: who is named in them by an id, an address or a number is on the list."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from msgspec.structs import asdict, replace

from estafette.accounts import Form, SignedIn, line, phone_in
from estafette.base import limits
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database
from estafette.base.disk import full_disk_told
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas
from estafette.base.tables.formats import TableFormat, Unreadable, format_of
from estafette.base.tables.receiving import received
from estafette.base.tables.records import columns_of, records_of
from estafette.clients import require_communications
from estafette.communications.errors import UnknownList
from estafette.communications.models.lists import LINES, UNKNOWN_TOLD, ClientList, ClientLists, Named, UploadedList
from estafette.communications.rules.naming_clients import ReadPhone, is_head, named, naming_column
from estafette.communications.store import list_members, lists

MAX_BYTES: Final = 128 * 1024 * 1024
AT_ONCE: Final = 5_000
UPLOADS_PER_HOUR: Final = 60
ABANDONED_AFTER: Final = timedelta(days=1)
_HOUR: Final = 3600
_TOLD_CHARACTERS: Final = 200
_name: Final = line(200, shortest=0)


async def upload_list(
    database: Database, quotas: Quotas, who: SignedIn, name: str, pieces: AsyncIterator[bytes]
) -> UploadedList:
    """A new list of those whom a file names, each once; raises Forbidden, Invalid, TooLarge, TooMany and DiskFull.

    It is there when all of it was read: what broke off before is taken away later.
    """
    require_communications(who)
    await limits.take(database, f"client-lists:{who.person_id}", limit=UPLOADS_PER_HOUR, seconds=_HOUR)
    with Form() as form:
        called = form.read("name", _name, name)
    quotas.check_disk()
    read_phone = phone_in(who.language, who.time_zone)
    with full_disk_told(), TemporaryDirectory(prefix="estafette-list-") as folder:
        path = Path(folder) / "table"
        await received(path, pieces, quotas, MAX_BYTES)
        try:
            return await _kept(database, who.person_id, called, _Lines(path, read_phone))
        except Unreadable as error:
            raise invalid("file", error.code, **error.values) from None


async def list_lists(database: Database, who: SignedIn, cursor: str | None, limit: int) -> ClientLists:
    """The lists that were uploaded, newest first; raises Forbidden and Invalid."""
    require_communications(who)
    found = await lists.page(database, read_cursor(cursor), limit + 1)
    items = found[:limit]
    place = (items[-1].created_at, items[-1].id) if len(found) > limit else None
    return ClientLists(items=items, next=write_cursor(place))


async def delete_list(database: Database, who: SignedIn, list_id: UUID) -> None:
    """Takes a list away; communications that have it keep their clients. Raises Forbidden and UnknownList."""
    require_communications(who)
    async with database.transaction() as transaction:
        if not await lists.unname(transaction, list_id):
            raise UnknownList
        await lists.delete_unused(transaction, list_id)


async def forget_abandoned(database: Database) -> None:
    """Takes lists away whose upload broke off a day ago."""
    await lists.delete_abandoned(database, database.clock.now() - ABANDONED_AFTER)


async def _kept(database: Database, by: UUID, name: str, lines: "_Lines") -> UploadedList:
    await asyncio.to_thread(lines.open)
    new = ClientList(id=new_id(), name=name, clients=0, created_at=database.clock.now())
    await lists.insert(database, new, by, named=False)
    clients, unknown, unknown_count = 0, list[str](), 0
    while some := await asyncio.to_thread(lines.next):
        added, known = await list_members.add_named(database, new.id, some)
        strangers = [each.line for place, each in enumerate(some) if place not in known]
        clients += added
        unknown_count += len(strangers)
        unknown += [each[:_TOLD_CHARACTERS] for each in strangers[: UNKNOWN_TOLD - len(unknown)]]
    if not clients:
        raise invalid("file", "list_names_nobody")
    await lists.name(database, new.id, clients)
    return UploadedList(**asdict(replace(new, clients=clients)), unknown=unknown, unknown_count=unknown_count)


class _Lines:
    """The lines of a file that name somebody, some at a time; all of it blocks and may raise Unreadable."""

    def __init__(self, path: Path, read_phone: ReadPhone) -> None:
        self._path, self._read_phone = path, read_phone
        self._left: Iterator[Named] = iter(())
        self._count = 0

    def open(self) -> None:
        """Tells what kind of table it is."""
        form = format_of(self._path)
        if form.lines > LINES * 2:
            raise Unreadable("too_many_rows", max=LINES)
        self._left = self._read(form, columns_of(self._path, form))

    def next(self) -> list[Named]:
        """The next lines; none at the end."""
        some = list(islice(self._left, AT_ONCE))
        self._count += len(some)
        if self._count > LINES:
            raise Unreadable("too_many_rows", max=LINES)
        return some

    def _read(self, form: TableFormat, heads: list[str]) -> Iterator[Named]:
        column = naming_column(heads)
        # A file of addresses alone has no head.
        if form.format != "jsonl" and not is_head(heads[column]):
            yield named(heads[column], self._read_phone)
        for record in records_of(self._path, form, heads):
            if record.wrong:
                yield Named(f"{record.row}: {''.join(record.cells)}")
            elif record.cells[column].strip():
                yield named(record.cells[column], self._read_phone)
