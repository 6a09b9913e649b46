"""A worker works through an import, batch by batch: each is stored together with how far it is, or not at all."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from itertools import islice
from typing import Final
from uuid import UUID, uuid4

import asyncpg
import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database, Transaction
from estafette.base.errors import NotFound, Unavailable
from estafette.base.tables.formats import Unreadable
from estafette.base.tables.records import records_of
from estafette.clients.actions.attributes import held_attributes, known_attributes
from estafette.clients.actions.kept_files import opened
from estafette.clients.actions.uploading import MAX_LINES, format_kept, remove_kept
from estafette.clients.models.attributes import Attribute
from estafette.clients.models.imports import ClientImport, ImportPlan, ReadLine, Reject
from estafette.clients.rules.batches import decide, keys_of, without_values
from estafette.clients.rules.lines import LineReader
from estafette.clients.rules.rows import row_of
from estafette.clients.store import imports, reading, rejects, writing
from estafette.files import Storage

BATCH: Final = 2_000
LEASE: Final = timedelta(seconds=60)
EXTENDED_EVERY: Final = 20.0
"""Seconds."""
PUT_OFF: Final = timedelta(seconds=10)
FAULTS: Final = 5
"""How often an import may fail at the same place before it is given up."""
KEPT: Final = timedelta(days=30)
UNUSED: Final = timedelta(days=1)
_SOME: Final = 100
_ATTEMPTS: Final = 2

Lines = list[ReadLine | Reject]
_log = structlog.get_logger(__name__)


async def import_one(database: Database, storage: Storage, stop: asyncio.Event) -> bool:
    """Works through an import that waits, to its end or until told to stop; whether there was one."""
    lease = uuid4()
    async with database.transaction() as transaction:
        await imports.take_turns(transaction)
        now = transaction.clock.now()
        claimed = await imports.claim(transaction, lease, now, now + LEASE)
    if claimed is None:
        return False
    found, tries = claimed
    assert found.plan is not None  # noqa: S101 - it was queued with one
    try:
        # One that takes its worker's life is not noted by it.
        failure = "import_broke"
        if tries <= FAULTS:
            async with _kept_on(database, found.id, lease):
                failure = await _work_through(database, storage, found, found.plan, lease, stop)
    except DATABASE_IS_AWAY:
        raise
    except NotFound:
        failure = "file_is_gone"
    except Unreadable as error:
        failure = error.code
    except Unavailable as error:
        # The storage will be back, and the disk have room: that is no fault of the file.
        _log.warning("an import waits", import_id=str(found.id), reason=type(error).__name__)
        await imports.put_off(database, found.id, lease, database.clock.now() + PUT_OFF, counts=False)
        return True
    except Exception:
        _log.exception("an import failed", import_id=str(found.id))
        if tries < FAULTS:
            await imports.put_off(database, found.id, lease, database.clock.now() + PUT_OFF)
            return True
        failure = "import_broke"
    if failure is not None:
        await imports.end(database, found.id, lease, "failed", failure, database.clock.now())
    if await imports.has_ended(database, found.id):
        await remove_kept(database, storage, found.id)
    return True


@asynccontextmanager
async def _kept_on(database: Database, import_id: UUID, lease: UUID) -> AsyncGenerator[None, None]:
    """Extends a lease as long as it lasts: a batch may take longer than that."""

    async def extend() -> None:
        while True:
            await asyncio.sleep(EXTENDED_EVERY)
            with suppress(*DATABASE_IS_AWAY):
                await imports.extend(database, import_id, lease, database.clock.now() + LEASE)

    extending = asyncio.create_task(extend())
    try:
        yield
    finally:
        extending.cancel()
        await asyncio.gather(extending, return_exceptions=True)


async def _work_through(
    database: Database, storage: Storage, found: ClientImport, plan: ImportPlan, lease: UUID, stop: asyncio.Event
) -> str | None:
    known = await known_attributes(database)
    reader = LineReader(plan, known)
    async with opened(storage, found) as path:
        records = islice(records_of(path, format_kept(found), found.columns), found.position, None)
        position = found.position

        def some() -> Lines:
            return [reader.read(each) for each in islice(records, BATCH)]

        # While PostgreSQL stores a batch the next one is read.
        following = asyncio.create_task(asyncio.to_thread(some))
        try:
            while lines := await following:
                if position + len(lines) > MAX_LINES:
                    return "too_many_rows"
                following = asyncio.create_task(asyncio.to_thread(some))
                if stop.is_set():
                    await imports.release(database, found.id, lease)
                    return None
                if not await _store_batch(database, found, plan, known, lease, position, lines):
                    return None
                position += len(lines)
        finally:
            # A thread cannot be stopped: the file must not go before it has ended.
            await asyncio.gather(following, return_exceptions=True)
    await imports.end(database, found.id, lease, "done", None, database.clock.now())
    return None


async def _store_batch(
    database: Database,
    found: ClientImport,
    plan: ImportPlan,
    known: Mapping[str, Attribute],
    lease: UUID,
    position: int,
    lines: Lines,
) -> bool:
    """Stores the lines behind a position; False when the import is another's by now, or was cancelled.

    Whoever has taken an external id meanwhile is found the second time. Lines of which one takes what another gives
    up cannot be stored together: they are parted, down to one, which is rejected when it fails still.
    """
    for _ in range(_ATTEMPTS):
        try:
            async with database.transaction() as transaction:
                if await imports.hold(transaction, found.id, lease) != position:
                    return False
                await _store(transaction, found, plan, known, lines)
            return True
        except (_Taken, asyncpg.UniqueViolationError):
            pass
    if len(lines) == 1:
        refused = Reject(line=lines[0].line, field="external_id", code="external_id_taken", cells=lines[0].cells)
        return await _store_batch(database, found, plan, known, lease, position, [refused])
    half = len(lines) // 2
    return await _store_batch(database, found, plan, known, lease, position, lines[:half]) and await _store_batch(
        database, found, plan, known, lease, position + half, lines[half:]
    )


class _Taken(Exception):
    """An external id of a new client is that of another."""


async def _store(
    transaction: Transaction, found: ClientImport, plan: ImportPlan, known: Mapping[str, Attribute], lines: Lines
) -> None:
    now, by = transaction.clock.now(), found.created_by
    held = await held_attributes(transaction)
    # One that was removed since, and may be there again as another.
    gone = {key for key, one in known.items() if key not in held or held[key].created_at != one.created_at}
    lines = without_values(lines, gone)
    there = await reading.lock_known(transaction, *keys_of(lines, plan.match_by))
    outcome = decide(lines, there, plan, now, by)
    if outcome.new:
        stored = await writing.insert(transaction, [row_of(each, by) for each in outcome.new.values()])
        if len(stored) < len(outcome.new):
            raise _Taken
    if outcome.changed:
        await writing.update(transaction, [row_of(each, None) for each in outcome.changed.values()])
    if outcome.consents:
        await writing.add_consents(transaction, outcome.consents)
    if outcome.rejects:
        await rejects.add(transaction, found.id, outcome.rejects)
    await imports.advance(transaction, found.id, len(lines), outcome.counts, now + LEASE)


async def forget_old_imports(database: Database, storage: Storage) -> None:
    """Removes files that nobody needs any more, and after 30 days what imports have rejected."""
    now = database.clock.now()
    for import_id in await imports.with_unneeded_files(database, now - UNUSED, _SOME):
        await remove_kept(database, storage, import_id)
    await imports.forget_old(database, now - KEPT)
