"""The text of uploads: read once they are kept, announced, and gone with the last file of its content."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from estafette import files
from estafette.base import pending_reactions
from estafette.base.clock import Clock
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.migrate import migrate
from estafette.base.text_extraction.process import Extracted
from estafette.files.actions import reading_texts
from estafette.files.errors import StorageFailed
from estafette.files.rules import paths
from estafette.files.store import texts
from tests.files import documents
from tests.files.samples import image
from tests.files.site import in_pieces, upload
from tests.former import former
from tests.waiting import eventually

ANN, BEN = new_id(), new_id()
TRIES = 3


async def sent(database: Database, storage: files.Storage, content: bytes, owner: UUID = ANN) -> UUID:
    return (await upload(database, storage, owner, "a file", in_pieces(content))).id


async def read_all(database: Database, storage: files.Storage) -> None:
    while await files.read_text(database, storage) is not None:
        pass


async def announced(database: Database) -> list[UUID]:
    """The files whose texts were announced and that nobody reacted to yet."""
    async with database.transaction() as transaction:
        found = await pending_reactions.claim(transaction, 100)
    assert all(change.stream == change.subject for _, change in found)
    return [change.subject for _, change in found if change.kind == "file_text_ready"]


async def reasons(database: Database) -> list[str | None]:
    return [row["reason"] for row in await database.fetch("SELECT reason FROM content_texts ORDER BY reason")]


async def test_a_text_is_there_once_the_worker_has_read_it_and_is_announced_then(
    database: Database, storage: files.Storage
) -> None:
    contract, photo = [await sent(database, storage, content) for content in (documents.docx("Contract"), image("PNG"))]
    assert await files.texts_of(database, [contract, photo]) == {}
    assert await announced(database) == []
    await read_all(database, storage)
    assert await files.texts_of(database, [contract, photo, new_id()]) == {contract: "Contract"}
    assert await announced(database) == [contract]


async def test_a_content_is_read_once_and_announced_for_each_of_its_files(
    database: Database, storage: files.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await sent(database, storage, b"the same words")
    await read_all(database, storage)
    monkeypatch.delattr(reading_texts, "extract")
    second = await sent(database, storage, b"the same words", BEN)
    await read_all(database, storage)
    assert await files.texts_of(database, [first, second]) == dict.fromkeys((first, second), "the same words")
    assert await announced(database) == [first, second]


async def test_what_cannot_be_read_announces_nothing_and_holds_up_no_other(
    database: Database, storage: files.Storage
) -> None:
    bad = [documents.archive_bomb(), documents.pdf_bomb(), documents.encrypted_pdf("Contract"), b"%PDF-1.7 broken"]
    for content in bad:
        await sent(database, storage, content)
    good = await sent(database, storage, b"plain words")
    await read_all(database, storage)
    assert await announced(database) == [good]
    assert await reasons(database) == ["broken", "encrypted", "too_costly", "too_costly", None]


async def test_who_brings_many_has_one_read_at_a_time(
    database: Database, storage: files.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_ann = [await sent(database, storage, b"words %d" % number) for number in range(3)]
    of_ben = await sent(database, storage, b"one word", BEN)
    reading, both_read, let_go = list[bytes](), asyncio.Event(), asyncio.Event()

    async def slow(pieces: AsyncIterator[bytes]) -> Extracted:
        content = b"".join([piece async for piece in pieces])
        reading.append(content)
        if len(reading) > 1:
            both_read.set()
        await let_go.wait()
        return Extracted(content.decode(), None)

    monkeypatch.setattr(reading_texts, "extract", slow)
    async with asyncio.TaskGroup() as both:
        both.create_task(files.read_text(database, storage))
        both.create_task(files.read_text(database, storage))
        await both_read.wait()
        assert sorted(reading) == [b"one word", b"words 0"]
        assert await files.read_text(database, storage) is None, "the rest of Ann's waits for its turn"
        let_go.set()
    assert await files.texts_of(database, [*of_ann, of_ben]) == {of_ann[0]: "words 0", of_ben: "one word"}


async def test_who_died_over_a_text_is_followed_by_another_and_three_times_are_enough(
    database: Database, storage: files.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sent(database, storage, b"deadly words")

    async def killed(_: AsyncIterator[bytes]) -> Extracted:
        raise asyncio.CancelledError

    monkeypatch.setattr(reading_texts, "extract", killed)
    now = database.clock.now()
    for tried in range(TRIES):
        later = now + tried * timedelta(minutes=5)
        monkeypatch.setattr(Clock, "now", lambda _, at=later: at)
        with pytest.raises(asyncio.CancelledError):
            await files.read_text(database, storage)
        assert await files.read_text(database, storage) is None, "it may be alive and reading"
    monkeypatch.setattr(Clock, "now", lambda _: now + timedelta(days=1))
    assert await files.read_text(database, storage) is None
    assert await database.fetchval("SELECT tries FROM unread_texts") == TRIES


async def test_a_text_goes_with_the_last_file_of_its_content(database: Database, storage: files.Storage) -> None:
    first, second = [await sent(database, storage, b"the same words", owner) for owner in (ANN, BEN)]
    await read_all(database, storage)
    for gone, left in ((first, {second: "the same words"}), (second, {})):
        async with database.transaction() as transaction:
            await files.release(transaction, [gone])
        assert await files.texts_of(database, [first, second]) == left
        await files.sweep(database, storage)
    assert await database.fetchval("SELECT count(*) FROM content_texts") == 0


async def test_what_is_given_up_before_it_was_read_is_forgotten(database: Database, storage: files.Storage) -> None:
    released = await sent(database, storage, b"released")
    async with database.transaction() as transaction:
        await files.release(transaction, [released])
    await read_all(database, storage)
    assert await announced(database) == []
    assert await reasons(database) == []
    assert await database.fetchval("SELECT count(*) FROM unread_texts") == 0


async def test_bytes_that_are_missing_are_looked_for_again_and_hold_up_no_other(
    database: Database, storage: files.Storage, folder: Path
) -> None:
    lost, there = [await sent(database, storage, content) for content in (b"lost words", b"kept words")]
    (folder / paths.content(lost)).rename(folder / "aside")
    await read_all(database, storage)
    assert await reasons(database) == [None], "what was not seen is not called broken"
    (folder / "aside").rename(folder / paths.content(lost))
    database.clock.move(timedelta(minutes=2))
    await read_all(database, storage)
    assert await files.texts_of(database, [lost, there]) == {lost: "lost words", there: "kept words"}


async def test_a_storage_that_is_away_for_long_costs_no_text(
    database: Database, storage: files.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await sent(database, storage, b"patient words")
    read = files.Storage.read

    async def away(*_: object) -> AsyncIterator[bytes]:
        raise StorageFailed

    monkeypatch.setattr(files.Storage, "read", away)
    for passed in range(2 * TRIES):
        assert await files.read_text(database, storage) == reading_texts.STORAGE_AWAY
        assert await files.read_text(database, storage) is None, "it is put off"
        database.clock.move(timedelta(minutes=2**passed - 0.5))
        assert await files.read_text(database, storage) is None, "longer each time"
        database.clock.move(timedelta(minutes=1))
    monkeypatch.setattr(files.Storage, "read", read)
    await read_all(database, storage)
    assert await files.texts_of(database, [file]) == {file: "patient words"}


async def test_of_one_owner_no_two_are_taken_by_those_who_take_at_once(
    database: Database, storage: files.Storage
) -> None:
    await sent(database, storage, b"first words")
    await sent(database, storage, b"other words")
    now = database.clock.now()
    async with database.transaction() as one:
        await texts.lock_taking(one)
        assert await texts.take(one, now, now + timedelta(minutes=2)) is not None
        reading = asyncio.create_task(files.read_text(database, storage))
        await eventually(lambda: waits_for_a_lock(database))
    assert await reading is None


async def waits_for_a_lock(database: Database) -> bool:
    return await database.apart.fetchval(
        "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 45 "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )


async def test_what_a_server_kept_before_it_is_upgraded_is_read_too(server: str, tmp_path: Path) -> None:
    async with former(server, tmp_path, "0042") as dsn:
        connection = await asyncpg.connect(dsn)
        for kind in ("application/pdf", "text/plain", "image/png", "application/vnd.oasis.opendocument.text"):
            await connection.execute(
                "INSERT INTO files (id, owner_id, name, media_type, sha256, created_at, stored_at) "
                "VALUES (gen_random_uuid(), gen_random_uuid(), $1, $1, $2, now(), now())",
                kind,
                bytes(32),
            )
        assert await migrate(dsn) > 0
        listed = await connection.fetch("SELECT name FROM unread_texts JOIN files ON id = file_id ORDER BY name")
        assert [row["name"] for row in listed] == [
            "application/pdf", "application/vnd.oasis.opendocument.text", "text/plain",
        ]  # fmt: skip
        await connection.close()
