"""What is kept of an upload, and what it is taken for."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from estafette import files
from estafette.base.database import Database
from estafette.base.errors import TooLarge, TooMany
from estafette.base.idempotency import KeyReused
from estafette.base.ids import new_id
from estafette.base.images.decoding import decoded
from estafette.files.errors import StorageFailed
from estafette.files.models import File
from estafette.files.rules import MAX_BYTES, paths

from . import samples
from .site import in_pieces, left_in, upload

ANN = new_id()


class Uploads:
    """Ann's uploads."""

    def __init__(self, database: Database, storage: files.Storage) -> None:
        self.database = database
        self.storage = storage

    async def send(self, content: bytes, name: str = "a file", key: str | None = None, owner: UUID = ANN) -> File:
        return await upload(self.database, self.storage, owner, name, in_pieces(content), key)

    async def rows(self) -> int:
        return await self.database.fetchval("SELECT count(*) FROM files")


@pytest.fixture
def uploads(database: Database, storage: files.Storage) -> Uploads:
    return Uploads(database, storage)


async def test_all_bytes_are_kept(uploads: Uploads) -> None:
    content = bytes(range(256)) * 30_000
    file = await uploads.send(content, "some data.bin")
    assert (file.name, file.size, file.media_type) == ("some data.bin", len(content), "application/octet-stream")
    assert sha256(uploads.storage.whole(paths.content(file.id))).digest() == sha256(content).digest()


async def test_a_path_in_the_name_leads_nowhere(uploads: Uploads, folder: Path) -> None:
    file = await uploads.send(b"root::0:0", "../../../etc/passwd")
    assert file.name == "passwd"
    assert left_in(folder) == [paths.content(file.id)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_an_image_is_measured_and_gets_a_small_copy(uploads: Uploads, kind: str) -> None:
    file = await uploads.send(samples.image(kind, (1300, 400)), "photo")
    assert (file.media_type, file.width, file.height) == (f"image/{kind.lower()}", 1300, 400)
    assert file.has_thumbnail
    with Image.open(BytesIO(uploads.storage.whole(paths.thumbnail(file.id)))) as small:
        assert (small.format, small.width) == ("WEBP", 640)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
async def test_every_kind_of_png_gets_a_small_copy(uploads: Uploads, mode: str) -> None:
    assert (await uploads.send(samples.image("PNG", (9, 9), mode))).has_thumbnail


async def test_sixteen_bit_grey_stays_as_bright_in_the_small_copy(uploads: Uploads) -> None:
    out = BytesIO()
    Image.new("I;16", (9, 9), 128 * 256).save(out, "PNG")
    file = await uploads.send(out.getvalue())
    with Image.open(BytesIO(uploads.storage.whole(paths.thumbnail(file.id)))) as small:
        brightness: Any = small.convert("L").getpixel((4, 4))
        assert 120 <= brightness <= 136


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "size", "white"),
    [
        (1, (80, 40), (5, 5)),
        (2, (80, 40), (75, 5)),
        (3, (80, 40), (75, 35)),
        (4, (80, 40), (5, 35)),
        (5, (40, 80), (5, 5)),
        (6, (40, 80), (35, 5)),
        (7, (40, 80), (35, 75)),
        (8, (40, 80), (5, 75)),
        (77, (80, 40), (5, 5)),
    ],
)
async def test_a_photo_is_seen_as_the_camera_was_held(
    uploads: Uploads, kind: str, orientation: int, size: tuple[int, int], white: tuple[int, int]
) -> None:
    file = await uploads.send(samples.turned_photo(kind, orientation))
    assert (file.width, file.height) == size
    with Image.open(BytesIO(uploads.storage.whole(paths.thumbnail(file.id)))) as small:
        assert small.size == size
        brightness: Any = small.convert("L").getpixel(white)
        assert brightness > 200


async def test_the_small_copy_does_not_tell_where_a_photo_was_taken(uploads: Uploads) -> None:
    file = await uploads.send(samples.turned_photo(place="48.8584N 2.2945E"))
    small = uploads.storage.whole(paths.thumbnail(file.id))
    assert b"48.8584N" not in small
    with Image.open(BytesIO(small)) as image:
        assert not image.getexif()


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/gif", "image/webp"])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_damaged_image_is_no_error(media_type: str, data: st.DataObject) -> None:
    content = bytearray(samples.image(media_type.removeprefix("image/").upper(), (60, 60)))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    picture = decoded(bytes(content), media_type)
    assert picture is None or picture.thumbnail


@pytest.mark.parametrize("polyglot", [samples.polyglot_gif, samples.polyglot_jpeg])
async def test_a_polyglot_is_an_image_whose_small_copy_holds_no_page(uploads: Uploads, polyglot: Any) -> None:
    file = await uploads.send(polyglot(), "harmless.html")
    assert file.media_type in {"image/gif", "image/jpeg"}
    assert b"<script" not in uploads.storage.whole(paths.thumbnail(file.id))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (samples.PAGE, "text/plain"),
        (samples.DRAWING, "text/plain"),
        (b"<?xml version='1.0'?><a/>", "text/plain"),
        (b"alert(1)", "text/plain"),
        ("Привет, été".encode(), "text/plain"),
        ("Привет".encode("utf-16"), "application/octet-stream"),
        ("Привет".encode()[:-1], "application/octet-stream"),
        (b"GIF89a/*" + samples.SCRIPT + b"*/=1", "text/plain"),
        (b"\x89PNG\r\n\x1a\n" + samples.PAGE, "application/octet-stream"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "application/pdf"),
        (b"MZ\x90\x00\x03\x00", "application/octet-stream"),
        (b"\x7fELF\x02\x01\x01", "application/octet-stream"),
        (b"PK\x03\x04\x14\x00", "application/zip"),
        (b"text with \x00 in it", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
async def test_a_file_is_what_its_content_says(uploads: Uploads, content: bytes, media_type: str) -> None:
    file = await uploads.send(content, "innocent.png")
    assert file.media_type == media_type
    assert file.width is None
    assert not file.has_thumbnail


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_a_truncated_image_is_not_shown(uploads: Uploads, kind: str) -> None:
    whole = samples.image(kind, (300, 300))
    file = await uploads.send(whole[: len(whole) * 2 // 3], "cut.png")
    assert (file.media_type, file.has_thumbnail) == ("application/octet-stream", False)


async def test_a_decompression_bomb_is_kept_unopened(uploads: Uploads) -> None:
    content = samples.bomb()
    assert len(content) < 200_000
    file = await uploads.send(content, "small.png")
    assert (file.media_type, file.width) == ("application/octet-stream", None)


async def test_a_file_of_exactly_the_limit_is_kept_and_one_byte_more_is_not(uploads: Uploads, folder: Path) -> None:
    assert (await uploads.send(b"a" * MAX_BYTES)).size == MAX_BYTES
    before = left_in(folder)
    with pytest.raises(TooLarge):
        await uploads.send(b"a" * (MAX_BYTES + 1))
    assert left_in(folder) == before
    assert await uploads.rows() == 1


async def test_an_upload_that_breaks_off_leaves_nothing(uploads: Uploads, folder: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"a" * 65_536
        raise ConnectionAbortedError

    with pytest.raises((ConnectionAbortedError, StorageFailed)):
        await upload(uploads.database, uploads.storage, ANN, "half", broken())
    assert left_in(folder) == []
    assert await uploads.rows() == 0


async def test_a_retry_with_the_same_key_gets_the_same_file(uploads: Uploads, folder: Path) -> None:
    first = await uploads.send(b"an invoice", "invoice.txt", key="k1")
    assert await uploads.send(b"an invoice", "invoice.txt", key="k1") == first
    assert left_in(folder) == [paths.content(first.id)]


async def test_a_key_with_another_content_or_name_is_refused(uploads: Uploads) -> None:
    await uploads.send(b"an invoice", "invoice.txt", key="k1")
    with pytest.raises(KeyReused):
        await uploads.send(b"another invoice", "invoice.txt", key="k1")
    with pytest.raises(KeyReused):
        await uploads.send(b"an invoice", "other.txt", key="k1")
    assert await uploads.rows() == 1


async def test_a_key_belongs_to_its_owner(uploads: Uploads) -> None:
    first = await uploads.send(b"one", key="k1")
    second = await uploads.send(b"two", key="k1", owner=new_id())
    assert first.id != second.id


async def test_ten_retries_at_once_keep_one_file(uploads: Uploads, folder: Path) -> None:
    answers = await asyncio.gather(*(uploads.send(samples.image(), "a.png", key="k1") for _ in range(10)))
    assert len({each.id for each in answers}) == 1
    assert await uploads.rows() == 1
    assert left_in(folder) == [paths.content(answers[0].id), paths.thumbnail(answers[0].id)]


async def test_two_contents_race_for_one_key_and_one_wins(uploads: Uploads) -> None:
    answers = await asyncio.gather(
        uploads.send(b"one" * 100_000, key="k1"), uploads.send(b"two" * 100_000, key="k1"), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in answers) == ["File", "KeyReused"]
    assert await uploads.rows() == 1


class FullDisk(files.Storage):
    """A storage that fails at a given `put`."""

    def __init__(self, real: files.Storage, fails_at: int) -> None:
        self.__dict__ |= real.__dict__
        self._left = fails_at

    async def put(self, path: str, content: AsyncIterator[bytes] | bytes) -> None:
        self._left -= 1
        if self._left == 0:
            raise StorageFailed
        await super().put(path, content)


@pytest.mark.parametrize("fails_at", [1, 2])
async def test_a_full_disk_leaves_nothing(uploads: Uploads, folder: Path, fails_at: int) -> None:
    uploads.storage = FullDisk(uploads.storage, fails_at)
    with pytest.raises(StorageFailed):
        await uploads.send(samples.image(), key="k1")
    assert left_in(folder) == []
    assert await uploads.rows() == 0
    assert (await uploads.send(samples.image(), key="k1")).has_thumbnail


async def test_a_folder_that_went_away_is_reported_as_a_failed_storage(uploads: Uploads, folder: Path) -> None:
    folder.rmdir()
    folder.write_text("now a file")
    with pytest.raises(StorageFailed):
        await uploads.send(b"text")
    assert await uploads.rows() == 0 or await uploads.database.fetchval(
        "SELECT bool_and(released_at IS NOT NULL) FROM files"
    )


async def test_nobody_uploads_without_end(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("estafette.files.actions.uploading.UPLOADS_PER_HOUR", 2)
    await uploads.send(b"1")
    await uploads.send(b"2")
    with pytest.raises(TooMany):
        await uploads.send(b"3")
    await uploads.send(b"3", owner=new_id())


async def test_files_are_private_on_disk(uploads: Uploads, folder: Path) -> None:
    await uploads.send(b"secret")
    assert folder.stat().st_mode & 0o077 == 0
