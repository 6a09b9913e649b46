"""What an import would do, told of its first lines; and its start, its end before the time, and what it rejected."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from estafette.accounts import Form, SignedIn
from estafette.base import limits
from estafette.base.database import Database, Queries
from estafette.base.errors import invalid
from estafette.base.tables.formats import Unreadable
from estafette.base.tables.records import Record, records_of
from estafette.clients.actions.attributes import known_attributes
from estafette.clients.actions.kept_files import is_whole, opened
from estafette.clients.actions.uploading import format_kept
from estafette.clients.errors import ImportHasEnded, ImportHasStarted, UnknownImport
from estafette.clients.models.attributes import Attribute
from estafette.clients.models.imports import (
    ClientImport,
    ImportPlan,
    ImportPreview,
    ReadLine,
    Reject,
)
from estafette.clients.rules.batches import decide, keys_of
from estafette.clients.rules.columns import check_plan, guesses
from estafette.clients.rules.lines import LineReader
from estafette.clients.rules.permissions import require_communications
from estafette.clients.store import imports, reading, rejects
from estafette.files import Storage

LOOKED_AT: Final = 1_000
SHOWN: Final = 20
FAULTS: Final = 100
NEWEST: Final = 50
WAITING: Final = 20
PREVIEWS_PER_HOUR: Final = 300
_HOUR: Final = 3600


async def list_imports(queries: Queries, who: SignedIn) -> list[ClientImport]:
    """Imports, newest first; raises Forbidden."""
    require_communications(who)
    return await imports.newest(queries, NEWEST)


async def get_import(queries: Queries, who: SignedIn, import_id: UUID) -> ClientImport:
    """One import with what its columns probably are; raises Forbidden and UnknownImport."""
    require_communications(who)
    found = await imports.get(queries, import_id)
    if found is None:
        raise UnknownImport
    return replace(found, guesses=guesses(found.columns, await known_attributes(queries)))


async def preview(
    database: Database, storage: Storage, who: SignedIn, import_id: UUID, plan: ImportPlan
) -> tuple[ImportPreview, list[Reject]]:
    """What would become of the first 1,000 lines, and the faults among them.

    Raises Forbidden, TooMany, UnknownImport, ImportHasStarted, Invalid, NotFound, StorageFailed and DiskFull.
    """
    require_communications(who)
    await limits.take(database, f"client-previews:{who.person_id}", limit=PREVIEWS_PER_HOUR, seconds=_HOUR)
    found, known = await _checked(database, who, import_id, plan)
    if found.state != "uploaded":
        raise ImportHasStarted
    async with opened(storage, found, beginning=True) as path:
        try:
            lines = await asyncio.to_thread(_first_lines, path, found, LineReader(plan, known))
        except Unreadable as error:
            raise invalid("file", error.code, **error.values) from None
    there = await reading.known(database, *keys_of(lines, plan.match_by))
    outcome = decide(lines, there, plan, database.clock.now(), who.person_id)
    some = [*outcome.new.values(), *outcome.changed.values()][:SHOWN]
    counts = outcome.counts
    told = ImportPreview(
        looked_at=len(lines),
        created=counts.created,
        changed=counts.changed,
        skipped=counts.skipped,
        rejected=counts.rejected,
        clients=some,
        faults=[],
    )
    return told, outcome.rejects[:FAULTS]


async def start(database: Database, who: SignedIn, import_id: UUID, plan: ImportPlan) -> ClientImport:
    """Lets a worker begin; raises Forbidden, UnknownImport, ImportHasStarted and Invalid."""
    await _checked(database, who, import_id, plan)
    async with database.transaction() as transaction:
        if await imports.waiting(transaction) >= WAITING:
            raise invalid("file", "imports_waiting", max=WAITING)
        if not await imports.queue(transaction, import_id, plan):
            raise ImportHasStarted
        return await get_import(transaction, who, import_id)


async def cancel(database: Database, who: SignedIn, import_id: UUID) -> ClientImport:
    """Ends an import: what is in stays in. Raises Forbidden, UnknownImport and ImportHasEnded."""
    await get_import(database, who, import_id)
    async with database.transaction() as transaction:
        if not await imports.end(transaction, import_id, None, "cancelled", None, transaction.clock.now()):
            raise ImportHasEnded
        return await get_import(transaction, who, import_id)


async def rejected_lines(
    database: Database, who: SignedIn, import_id: UUID, at_once: int = 500
) -> tuple[ClientImport, AsyncGenerator[list[Reject], None]]:
    """An import and all its rejected lines in batches, in their order; raises Forbidden and UnknownImport."""
    found = await get_import(database, who, import_id)

    async def batches() -> AsyncGenerator[list[Reject], None]:
        after = -1
        while some := await rejects.page(database, import_id, after, at_once):
            yield some
            after = some[-1].line

    return found, batches()


async def _checked(
    database: Database, who: SignedIn, import_id: UUID, plan: ImportPlan
) -> tuple[ClientImport, Mapping[str, Attribute]]:
    found = await get_import(database, who, import_id)
    known = await known_attributes(database)
    with Form() as form:
        check_plan(form, plan, found.columns, known)
    return found, known


def _first_lines(path: Path, found: ClientImport, reader: LineReader) -> "list[ReadLine | Reject]":
    records: list[Record] = list(islice(records_of(path, format_kept(found), found.columns), LOOKED_AT))
    if not is_whole(found) and len(records) < LOOKED_AT:
        del records[-1:]  # it may be cut off
    return [reader.read(each) for each in records]
