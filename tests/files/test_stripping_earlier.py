"""Pictures that were kept before anything was taken out of them are stripped once, in the background."""

from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from estafette import files
from estafette.base.database import Database
from estafette.base.errors import Unavailable
from estafette.base.ids import new_id
from estafette.base.images.process import Pictures
from estafette.base.migrate import migrate
from estafette.files import Storage
from estafette.files.actions import stripping
from estafette.files.rules import paths
from estafette.files.store import files as stored_files
from estafette.files.store import waiting_pictures
from tests.former import former
from tests.images import private

from .site import FilesSite, in_pieces, upload

ANN = new_id()


async def kept_earlier(database: Database, storage: Storage, content: bytes, name: str = "a.jpg") -> UUID:
    """A file as it was kept before."""
    file = await upload(database, storage, ANN, name, in_pieces(content))
    await storage.put(paths.content(file.id), content)
    await waiting_pictures.replace_content(database, file.id, len(content), bytes(32))
    await database.execute("UPDATE contents SET sha256 = NULL WHERE id = $1", file.id)
    await database.execute("INSERT INTO unstripped_pictures (file_id) VALUES ($1)", file.id)
    return file.id


async def waiting(database: Database) -> int:
    return await database.fetchval("SELECT count(*) FROM unstripped_pictures")


def tells(storage: Storage, file_id: UUID) -> bool:
    """Whether a file still tells of people."""
    content = storage.whole(paths.content(file_id))
    return any(secret in content for secret in private.SECRETS)


@pytest.mark.parametrize("make", [private.jpeg, private.png, private.webp])
async def test_a_picture_keeps_its_id_and_its_small_copy_and_tells_nothing_any_more(site: FilesSite, make: Any) -> None:
    database, storage = site.database, site.storage
    file_id = await kept_earlier(database, storage, make())
    (before,) = await stored_files.by_ids(database, [file_id])
    site.allowed.add((site.ann, file_id))
    await stored_files.claim(database, [file_id], database.clock.now())
    async with site.browser(site.ann) as ann:
        old = await ann.get(f"/files/{file_id}")
        assert await files.strip_earlier(database, storage, Pictures()) == 1
        new = await ann.get(f"/files/{file_id}", headers={"If-None-Match": old.headers["etag"]})
    assert new.status_code == 200, "what browsers hold is not true any more"
    assert not any(secret in new.content for secret in private.SECRETS)
    (after,) = await stored_files.by_ids(database, [file_id])
    assert after.file.size == len(new.content) < before.file.size
    assert (after.file.id, after.file.width, after.file.has_thumbnail) == (file_id, before.file.width, True)
    assert storage.whole(paths.thumbnail(file_id))
    assert await files.strip_earlier(database, storage, Pictures()) == 0


async def test_a_round_is_bounded_and_the_next_one_goes_on(
    database: Database, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stripping, "ROUND", 2)
    ids = [await kept_earlier(database, storage, private.jpeg()) for _ in range(3)]
    ids.append(await kept_earlier(database, storage, b"Jane Private, a text", "a.txt"))
    rounds = [await files.strip_earlier(database, storage, Pictures()) for _ in range(3)]
    assert rounds == [2, 2, 0]
    assert [tells(storage, each) for each in ids] == [False, False, False, True], "a text is no picture"


async def test_who_was_cut_off_between_the_bytes_and_the_row_is_followed_by_the_next_round(
    database: Database, storage: Storage
) -> None:
    file_id = await kept_earlier(database, storage, private.jpeg())
    await files.strip_earlier(database, storage, Pictures())
    size = len(storage.whole(paths.content(file_id)))
    await waiting_pictures.replace_content(database, file_id, size + 1_000, bytes(32))
    await database.execute("INSERT INTO unstripped_pictures (file_id) VALUES ($1)", file_id)
    await files.strip_earlier(database, storage, Pictures())
    (after,) = await stored_files.by_ids(database, [file_id])
    assert (after.file.size, await waiting(database)) == (size, 0)


async def test_what_cannot_be_stripped_is_tried_three_times_and_holds_up_nothing(
    database: Database, storage: Storage
) -> None:
    class Broken(Pictures):
        async def inspect(self, who: Any, read: Any, media_type: str) -> Any:
            raise Unavailable

    first = await kept_earlier(database, storage, private.jpeg())
    rounds = [await files.strip_earlier(database, storage, Broken()) for _ in range(4)]
    assert rounds == [1, 1, 1, 0]
    second = await kept_earlier(database, storage, private.jpeg())
    assert await files.strip_earlier(database, storage, Pictures()) == 1
    assert [tells(storage, each) for each in (first, second)] == [True, False]
    assert await waiting(database) == 1, "whoever looks after it finds it there"


async def test_what_is_gone_meanwhile_needs_no_look(database: Database, storage: Storage, folder: Path) -> None:
    lost, released = [await kept_earlier(database, storage, private.jpeg()) for _ in range(2)]
    (folder / paths.content(lost)).unlink()
    await stored_files.release(database, [released], database.clock.now())
    await files.strip_earlier(database, storage, Pictures())
    assert await waiting(database) == 0


async def test_all_pictures_of_a_server_that_is_upgraded_are_looked_at(server: str, tmp_path: Path) -> None:
    async with former(server, tmp_path, "0016") as dsn:
        connection = await asyncpg.connect(dsn)
        for kind in ("image/jpeg", "image/heic", "application/octet-stream", "video/mp4"):
            await connection.execute(
                "INSERT INTO files (id, owner_id, name, media_type, sha256, created_at, stored_at) "
                "VALUES (gen_random_uuid(), gen_random_uuid(), $1, $1, $2, now(), now())",
                kind,
                bytes(32),
            )
        assert await migrate(dsn) > 0
        listed = await connection.fetch("SELECT name FROM unstripped_pictures JOIN files ON id = file_id ORDER BY name")
        assert [row["name"] for row in listed] == ["application/octet-stream", "image/heic", "image/jpeg"]
        await connection.close()
