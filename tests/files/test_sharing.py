"""The same bytes are kept once, whoever brings them; they go with the last file, and nobody gets in by them."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from estafette import files
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.images.process import Pictures
from estafette.base.migrate import migrate
from estafette.files.models import File
from estafette.files.rules import paths
from estafette.files.store import files as of_files
from tests.files import samples
from tests.files.site import FilesSite, in_pieces, left_in, upload
from tests.former import former
from tests.images import private

ANN, BEN = new_id(), new_id()


async def sent(database: Database, storage: files.Storage, content: bytes, owner: UUID = ANN) -> File:
    return await upload(database, storage, owner, "a file", in_pieces(content))


async def given_up(database: Database, file_ids: Sequence[UUID]) -> None:
    async with database.transaction() as transaction:
        await files.release(transaction, file_ids)


async def fetched(site: FilesSite, person_id: UUID, file_id: UUID, how: str = "") -> tuple[int, bytes]:
    async with site.browser(person_id) as browser:
        answer = await browser.get(f"/files/{file_id}{how}")
    return answer.status_code, answer.content


async def unshared(database: Database, file_id: UUID) -> None:
    """Makes a content what it was before there was any sharing."""
    await database.execute("UPDATE contents SET sha256 = NULL WHERE id = $1", file_id)
    await database.execute("INSERT INTO uncompared_contents (content_id) VALUES ($1)", file_id)


async def test_what_two_people_bring_is_kept_once_and_belongs_to_each(site: FilesSite, folder: Path) -> None:
    of_ann = await sent(site.database, site.storage, samples.image(), site.ann)
    before = left_in(folder)
    of_ben = await sent(site.database, site.storage, samples.image(), site.ben)
    assert left_in(folder) == before, "neither its bytes nor its small copy lie there twice"
    assert of_ben.id != of_ann.id
    assert await fetched(site, site.ben, of_ben.id) == (200, samples.image())
    assert (await fetched(site, site.ben, of_ben.id, "/thumbnail"))[0] == 200
    assert (await fetched(site, site.ben, of_ann.id))[0] == 404, "who has the bytes has no right to another's file"


async def test_bytes_go_with_the_last_file(site: FilesSite, folder: Path) -> None:
    database, storage = site.database, site.storage
    first, second = [await sent(database, storage, b"the same", site.ann) for _ in range(2)]
    await given_up(database, [first.id])
    assert await files.sweep(database, storage) == files.Swept(0, 1)
    assert await fetched(site, site.ann, second.id) == (200, b"the same")
    await given_up(database, [second.id])
    await files.sweep(database, storage)
    assert left_in(folder) == []
    assert await database.fetchval("SELECT count(*) FROM contents") == 0


async def test_photos_that_are_alike_once_they_are_stripped_are_kept_once(
    database: Database, storage: files.Storage, folder: Path
) -> None:
    tells = private.jpeg()
    first = await sent(database, storage, tells)
    before = left_in(folder)
    silent = storage.whole(paths.content(first.id))
    assert silent != tells
    await sent(database, storage, silent, BEN)
    await sent(database, storage, tells, BEN)
    assert left_in(folder) == before


async def test_an_upload_and_the_end_of_the_last_file_at_once_lose_nothing(
    database: Database, storage: files.Storage, folder: Path
) -> None:
    async def end(file: File) -> None:
        await given_up(database, [file.id])
        await files.sweep(database, storage)

    last = await sent(database, storage, b"wanted")
    for _ in range(20):
        _, last, other = await asyncio.gather(
            end(last), sent(database, storage, b"wanted"), sent(database, storage, b"wanted", BEN)
        )
        for file in (last, other):
            path = await database.fetchval("SELECT content_id FROM files WHERE id = $1", file.id)
            assert storage.whole(paths.content(path)) == b"wanted"
        await end(other)
    await end(last)
    await files.sweep(database, storage)
    assert left_in(folder) == []


async def test_many_who_bring_the_same_at_once_share_it(
    database: Database, storage: files.Storage, folder: Path
) -> None:
    await asyncio.gather(*(sent(database, storage, b"of everybody", new_id()) for _ in range(10)))
    assert len(left_in(folder)) == 1


async def test_a_killed_upload_of_what_is_there_leaves_nothing_and_takes_nothing_along(
    database: Database, storage: files.Storage, folder: Path
) -> None:
    first = await sent(database, storage, b"the same")
    second = await sent(database, storage, b"the same")
    # Killed after the commit, before its own bytes went.
    await storage.put(paths.content(second.id), b"the same")
    await database.execute("INSERT INTO contents (id, given_up_at) VALUES ($1, now())", second.id)
    await files.sweep(database, storage)
    assert left_in(folder) == [paths.content(first.id)]


async def test_what_was_kept_twice_before_is_kept_once_after_a_round(site: FilesSite, folder: Path) -> None:
    database, storage = site.database, site.storage
    first, other = [await sent(database, storage, content, site.ann) for content in (samples.image(), b"other")]
    await unshared(database, first.id)
    second = await sent(database, storage, samples.image(), site.ben)
    await unshared(database, second.id)
    assert len(left_in(folder)) == 5
    assert await files.share_earlier(database, storage) == 2
    assert await files.share_earlier(database, storage) == 0
    await database.execute("UPDATE contents SET given_up_at = now() WHERE given_up_at IS NOT NULL")
    assert await files.sweep(database, storage) == files.Swept(0, 0)
    assert left_in(folder) == sorted([
        paths.content(first.id), paths.thumbnail(first.id), paths.content(other.id)
    ])  # fmt: skip
    for person, file in ((site.ann, first), (site.ben, second)):
        assert await fetched(site, person, file.id) == (200, samples.image())


async def test_copies_are_made_anew_where_files_came_together(
    database: Database, storage: files.Storage, site: FilesSite
) -> None:
    picture = samples.image("JPEG", (1600, 640))
    first = await sent(database, storage, picture)
    await unshared(database, first.id)
    second = await sent(database, storage, picture, site.ben)
    await unshared(database, second.id)
    async with database.transaction() as transaction:
        await files.exchange_picture(transaction, site.ben, "cover", None, second.id)
    site.allowed.add((None, second.id))
    await files.copy_pictures(database, storage, Pictures())
    await files.share_earlier(database, storage)
    await files.copy_pictures(database, storage, Pictures())
    await database.execute("UPDATE contents SET given_up_at = now() WHERE given_up_at IS NOT NULL")
    await files.sweep(database, storage)
    for width in (100, 1280):
        assert (await fetched(site, site.ann, second.id, f"/thumbnail?width={width}"))[0] == 200


async def test_who_reads_what_moves_meanwhile_reads_on(
    database: Database, storage: files.Storage, folder: Path
) -> None:
    first = await sent(database, storage, b"the same")
    await unshared(database, first.id)
    second = await sent(database, storage, b"the same")
    await unshared(database, second.id)
    await files.share_earlier(database, storage)
    await files.sweep(database, storage)
    assert left_in(folder) == sorted(map(paths.content, (first.id, second.id)))


async def test_what_is_missing_in_the_storage_holds_up_no_round(
    database: Database, storage: files.Storage, folder: Path
) -> None:
    lost, kept = [await sent(database, storage, content) for content in (b"lost", b"kept")]
    for file in (lost, kept):
        await unshared(database, file.id)
    (folder / paths.content(lost.id)).unlink()
    assert [await files.share_earlier(database, storage) for _ in range(4)] == [2, 1, 1, 0]


async def test_a_backup_takes_what_is_shared_once(database: Database, storage: files.Storage) -> None:
    first = await sent(database, storage, b"the same")
    await sent(database, storage, b"the same", BEN)
    assert await files.list_kept(database) == ([paths.content(first.id)], len(b"the same"))


async def test_the_files_of_a_server_that_is_upgraded_keep_their_bytes_where_they_are(
    server: str, tmp_path: Path
) -> None:
    async with former(server, tmp_path, "0047") as dsn:
        connection = await asyncpg.connect(dsn)
        for stored in ("now()", "NULL"):
            await connection.execute(
                "INSERT INTO files (id, owner_id, name, sha256, created_at, stored_at) "
                f"VALUES (gen_random_uuid(), gen_random_uuid(), 'a file', $1, now(), {stored})",
                bytes(32),
            )
        assert await migrate(dsn) > 0
        assert await connection.fetchval("SELECT bool_and(content_id = id) FROM files")
        assert await connection.fetchval("SELECT count(*) FROM uncompared_contents") == 1
        await connection.close()


async def test_copies_that_were_made_of_what_is_shared_by_then_are_made_anew(
    database: Database, storage: files.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = await sent(database, storage, samples.image(), BEN)
    await unshared(database, kept.id)
    moved = await sent(database, storage, samples.image())
    async with database.transaction() as transaction:
        await files.exchange_picture(transaction, ANN, "cover", None, moved.id)
    await unshared(database, moved.id)
    copies = Pictures.copies

    async def shared_meanwhile(*given: Any) -> Any:
        made = await copies(*given)
        await files.share_earlier(database, storage)
        return made

    monkeypatch.setattr(Pictures, "copies", shared_meanwhile)
    await files.copy_pictures(database, storage, Pictures())
    (stored,) = await of_files.by_ids(database, [moved.id])
    assert (stored.content_id, stored.copy_widths) == (kept.id, [])
    monkeypatch.setattr(Pictures, "copies", copies)
    assert await files.copy_pictures(database, storage, Pictures()) == 1
    (stored,) = await of_files.by_ids(database, [moved.id])
    assert stored.copy_widths
    assert all(storage.whole(paths.copy(kept.id, width)) for width in stored.copy_widths)
