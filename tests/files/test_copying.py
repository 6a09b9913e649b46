"""Copies of pictures in the widths that pages show: made in the background, handed out once they are there."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from PIL import Image

from estafette import files
from estafette.base.database import Database
from estafette.base.images.process import Pictures
from estafette.base.images.widths import jpeg_size
from tests.files.samples import image, turned_photo
from tests.files.site import FilesSite, in_pieces, left_in, upload


@pytest_asyncio.fixture
async def cover(database: Database, storage: files.Storage, site: FilesSite) -> UUID:
    """A wide picture that everybody sees, not copied yet."""
    return await in_use(database, storage, site, image("JPEG", (1600, 640)))


async def in_use(database: Database, storage: files.Storage, site: FilesSite, content: bytes) -> UUID:
    file = await upload(database, storage, site.ann, "cover", in_pieces(content))
    async with database.transaction() as transaction:
        await files.exchange_picture(transaction, site.ann, "cover", None, file.id)
    site.allowed.add((None, file.id))
    return file.id


async def shown(site: FilesSite, file_id: UUID, how: str) -> tuple[str, tuple[int, int], str]:
    """Kind, size in pixels and keeping of what is handed out."""
    async with site.browser(None) as browser:
        answer = await browser.get(f"/files/{file_id}/thumbnail{how}")
    assert answer.status_code == 200
    with Image.open(BytesIO(answer.content)) as picture:
        return picture.format or "", picture.size, answer.headers["cache-control"]


FOREVER = "public, max-age=31536000, immutable"


async def test_each_width_gets_a_copy_that_is_wide_enough(
    database: Database, storage: files.Storage, site: FilesSite, cover: UUID
) -> None:
    assert await files.copy_pictures(database, storage, Pictures()) == 1
    assert await shown(site, cover, "?width=100") == ("WEBP", (192, 77), FOREVER)
    assert await shown(site, cover, "?width=960") == ("WEBP", (960, 384), FOREVER)
    assert await shown(site, cover, "?width=1920") == ("WEBP", (1600, 640), FOREVER)
    assert await shown(site, cover, "?jpeg=true") == ("JPEG", (1200, 480), FOREVER)
    assert await shown(site, cover, "") == ("WEBP", (640, 256), FOREVER)
    assert await files.copy_pictures(database, storage, Pictures()) == 0


@pytest.mark.parametrize("size", [(1600, 640), (1601, 641), (640, 1600), (1299, 1300), (900, 333)])
async def test_the_size_of_the_copy_for_previews_is_known_beforehand(
    database: Database, storage: files.Storage, site: FilesSite, size: tuple[int, int]
) -> None:
    file_id = await in_use(database, storage, site, image("JPEG", size))
    file = (await files.describe(database, [file_id]))[file_id]
    await files.copy_pictures(database, storage, Pictures())
    _, made, _ = await shown(site, file_id, "?jpeg=true")
    assert file.width is not None
    assert file.height is not None
    told = jpeg_size(file.width, file.height)
    # It is made from a copy, each side of which is whole pixels.
    assert all(abs(one - other) <= 1 for one, other in zip(told, made, strict=True))


async def test_until_then_the_small_copy_stands_in_and_is_not_kept(site: FilesSite, cover: UUID) -> None:
    for how in ("?width=1280", "?jpeg=true"):
        assert await shown(site, cover, how) == ("WEBP", (640, 256), "private, no-cache")


async def test_a_small_picture_is_not_made_larger(database: Database, storage: files.Storage, site: FilesSite) -> None:
    small = await in_use(database, storage, site, image("PNG", (80, 40), "RGBA"))
    await files.copy_pictures(database, storage, Pictures())
    assert (await shown(site, small, "?width=1280"))[:2] == ("WEBP", (80, 40))
    assert (await shown(site, small, "?jpeg=true"))[:2] == ("JPEG", (80, 40))


async def test_a_copy_stands_upright_and_tells_nothing_of_its_camera(
    database: Database, storage: files.Storage, site: FilesSite
) -> None:
    photo = await in_use(database, storage, site, turned_photo(place="Rue de la Paix"))
    await files.copy_pictures(database, storage, Pictures())
    for how in ("?width=192", "?jpeg=true"):
        assert (await shown(site, photo, how))[1] == (40, 80)
        async with site.browser(None) as browser:
            assert b"Rue de la Paix" not in (await browser.get(f"/files/{photo}/thumbnail{how}")).content


async def test_a_picture_given_up_leaves_no_copy(
    database: Database, storage: files.Storage, site: FilesSite, cover: UUID, folder: Path
) -> None:
    await files.copy_pictures(database, storage, Pictures())
    async with database.transaction() as transaction:
        await files.exchange_picture(transaction, site.ann, "cover", cover, None)
    await files.sweep(database, storage)
    assert left_in(folder) == []


async def test_a_picture_that_broke_on_the_disk_is_shown_as_before_and_holds_up_no_other(
    database: Database, storage: files.Storage, site: FilesSite, cover: UUID, folder: Path
) -> None:
    sound = await in_use(database, storage, site, image("PNG", (300, 200)))
    [stored] = [path for path in folder.rglob(cover.hex) if path.is_file()]
    stored.write_bytes(stored.read_bytes()[:200])
    assert await files.copy_pictures(database, storage, Pictures()) == 2
    assert (await shown(site, sound, "?width=192"))[:2] == ("WEBP", (192, 128))
    assert (await shown(site, cover, "?width=1280"))[:2] == ("WEBP", (640, 256))
    assert await files.copy_pictures(database, storage, Pictures()) == 0
