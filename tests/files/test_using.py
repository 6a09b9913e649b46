"""Uploads are taken into use once, by their owner, and go when nobody needs them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from estafette import files
from estafette.base.backups.running import announce
from estafette.base.database import Database
from estafette.base.errors import Invalid
from estafette.base.ids import new_id
from estafette.files.models import File
from estafette.files.rules import paths
from estafette.files.store import files as stored_files
from tests.waiting import eventually

from . import samples
from .site import in_pieces, left_in, upload

ANN = new_id()
DAY = timedelta(hours=24, minutes=1)


Send = Callable[..., Awaitable[File]]


@pytest.fixture
def send(database: Database, storage: files.Storage) -> Send:
    async def send(content: bytes = b"text", name: str = "a.txt") -> File:
        return await upload(database, storage, ANN, name, in_pieces(content))

    return send


async def claimed(database: Database, *ids: UUID, owner: UUID = ANN, field: str = "attachments") -> list[File]:
    async with database.transaction() as transaction:
        return await files.claim(transaction, owner, ids, field=field)


def code_of(problem: pytest.ExceptionInfo[Invalid]) -> tuple[str, str]:
    (field,) = problem.value.fields
    return field.field, field.code


async def test_uploads_are_claimed_in_the_order_asked_for(database: Database, send: Send) -> None:
    one, two = await send(b"1"), await send(b"2")
    assert await claimed(database, two.id, one.id) == [two, one]


async def test_an_unknown_file_names_the_field(database: Database) -> None:
    with pytest.raises(Invalid) as problem:
        await claimed(database, new_id(), field="picture")
    assert code_of(problem) == ("picture", "unknown_file")


async def test_a_foreign_file_answers_like_an_unknown_one(database: Database, send: Send) -> None:
    file = await send()
    with pytest.raises(Invalid) as problem:
        await claimed(database, file.id, owner=new_id())
    assert code_of(problem) == ("attachments", "unknown_file")


async def test_a_file_is_claimed_once(database: Database, send: Send) -> None:
    file = await send()
    await claimed(database, file.id)
    with pytest.raises(Invalid) as problem:
        await claimed(database, file.id)
    assert code_of(problem) == ("attachments", "file_already_used")


async def test_a_file_is_not_claimed_twice_at_once(database: Database, send: Send) -> None:
    file = await send()
    with pytest.raises(Invalid):
        await claimed(database, file.id, file.id)


async def test_one_wrong_file_claims_none(database: Database, send: Send) -> None:
    file = await send()
    with pytest.raises(Invalid):
        await claimed(database, file.id, new_id())
    assert await claimed(database, file.id) == [file]


async def test_of_two_claims_at_once_one_wins(database: Database, send: Send) -> None:
    one, two = await send(b"1"), await send(b"2")
    answers = await asyncio.gather(
        claimed(database, one.id, two.id), claimed(database, two.id, one.id), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in answers) == ["Invalid", "list"]


async def test_an_upload_under_way_cannot_be_claimed(database: Database, storage: files.Storage) -> None:
    begun = asyncio.Event()
    go_on = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"first half"
        begun.set()
        await go_on.wait()
        yield b"second half"

    uploading = asyncio.create_task(upload(database, storage, ANN, "slow", slow()))
    await begun.wait()
    (file_id,) = [row["id"] for row in await database.fetch("SELECT id FROM files")]
    with pytest.raises(Invalid):
        await claimed(database, file_id)
    assert await files.describe(database, [file_id]) == {}
    go_on.set()
    assert await claimed(database, file_id) if (await uploading).id == file_id else False


async def test_a_used_file_outlives_the_sweep(database: Database, storage: files.Storage, send: Send) -> None:
    file = await send()
    await claimed(database, file.id)
    database.clock.move(DAY * 400)
    assert await files.sweep(database, storage) == files.Swept(0, 0)
    assert await files.describe(database, [file.id]) == {file.id: file}


async def test_an_upload_nobody_used_is_swept_after_a_day(
    database: Database, storage: files.Storage, folder: Path, send: Send
) -> None:
    await send(samples.image())
    database.clock.move(timedelta(hours=23))
    assert await files.sweep(database, storage) == files.Swept(0, 0)
    database.clock.move(timedelta(hours=2))
    assert await files.sweep(database, storage) == files.Swept(1, 1)
    assert left_in(folder) == []
    assert await database.fetchval("SELECT count(*) FROM files") == 0


async def test_a_released_file_is_gone_at_once_and_its_bytes_at_the_next_sweep(
    database: Database, storage: files.Storage, folder: Path, send: Send
) -> None:
    file = await send(samples.image())
    await claimed(database, file.id)
    async with database.transaction() as transaction:
        await files.release(transaction, [file.id])
    assert await files.describe(database, [file.id]) == {}
    assert len(left_in(folder)) == 2
    assert await files.sweep(database, storage) == files.Swept(0, 1)
    assert left_in(folder) == []


async def test_what_a_killed_process_left_is_swept(database: Database, storage: files.Storage, folder: Path) -> None:
    """A row without bytes, bytes without a finished row, and a half-written file beside its name."""
    dead = [new_id() for _ in range(3)]
    for file_id in dead:
        await stored_files.begin(database, file_id, ANN, "x", database.clock.now())
    await storage.put(paths.content(dead[1]), b"bytes")
    half = folder / f"{paths.content(dead[2])}#1"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"half")
    database.clock.move(DAY)
    assert await files.sweep(database, storage) == files.Swept(3, 3)
    assert left_in(folder) == []


async def test_two_sweeps_at_once_agree(database: Database, storage: files.Storage, send: Send) -> None:
    for _ in range(20):
        await send()
    database.clock.move(DAY)
    swept = await asyncio.gather(*(files.sweep(database, storage) for _ in range(4)))
    assert sum(each.abandoned for each in swept) == 20
    assert sum(each.removed for each in swept) == 20


async def test_a_sweep_never_takes_what_is_just_being_claimed(
    database: Database, storage: files.Storage, send: Send
) -> None:
    file = await send()
    database.clock.move(DAY)
    async with database.transaction() as transaction:
        await files.claim(transaction, ANN, [file.id])
        assert await files.sweep(database, storage) == files.Swept(0, 0)
    assert await files.sweep(database, storage) == files.Swept(0, 0)
    assert storage.whole(paths.content(file.id)) == b"text"


async def test_claiming_takes_two_statements(database: Database, send: Send) -> None:
    ids = [(await send(b"%d" % each)).id for each in range(5)]
    before = database.statements
    await claimed(database, *ids)
    assert database.statements - before == 2


async def test_bytes_that_a_backup_may_still_copy_outlive_the_sweep(
    database: Database, dsn: str, storage: files.Storage, send: Send
) -> None:
    kept = await send()
    connection = await asyncpg.connect(dsn)
    await announce(connection)
    async with database.transaction() as transaction:
        await files.release(transaction, [kept.id])
    assert await files.sweep(database, storage) == files.Swept(0, 0)
    assert await storage.small(paths.content(kept.id))
    await connection.close()
    # The server ends what belonged to a connection a moment after it is closed.
    assert await eventually(lambda: _swept(database, storage)) == files.Swept(0, 1)


async def _swept(database: Database, storage: files.Storage) -> files.Swept | None:
    swept = await files.sweep(database, storage)
    return swept if swept.removed else None
