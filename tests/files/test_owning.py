"""Everybody finds what they uploaded, with what it takes, and nobody else does."""

import pytest

from estafette import files
from estafette.files.models import File
from tests.files.site import FilesSite, in_pieces, upload


async def used(site: FilesSite, name: str, size: int) -> File:
    """A file of Ann's that something has taken into use."""
    file = await upload(site.database, site.storage, site.ann, name, in_pieces(name[:1].encode() * size))
    async with site.database.transaction() as transaction:
        await files.claim(transaction, site.ann, [file.id])
    return file


async def test_files_in_use_come_newest_first_page_by_page_with_what_they_take(site: FilesSite) -> None:
    for number in range(5):
        await used(site, f"{number}.txt", 10)
    gone = await used(site, "gone.txt", 7)
    async with site.database.transaction() as transaction:
        await files.release(transaction, [gone.id])
    await upload(site.database, site.storage, site.ann, "unused.txt", in_pieces(b"x"))
    async with site.browser(site.ann) as ann:
        first = (await ann.get("/me/files?limit=3")).json()
        rest = (await ann.get(f"/me/files?limit=3&cursor={first['next']}")).json()
    assert [each["file"]["name"] for each in first["items"] + rest["items"]] == [f"{n}.txt" for n in (4, 3, 2, 1, 0)]
    assert (first["files"], first["bytes"], rest["next"]) == (5, 50, None)


async def test_anothers_files_are_not_among_them(site: FilesSite) -> None:
    await used(site, "of ann.txt", 10)
    async with site.browser(site.ben) as ben:
        assert (await ben.get("/me/files")).json() == {"items": [], "next": None, "files": 0, "bytes": 0}


@pytest.mark.parametrize("cursor", ["", "x", "1" * 400])
async def test_a_cursor_that_nobody_gave_out_is_named(site: FilesSite, cursor: str) -> None:
    async with site.browser(site.ann) as ann:
        assert (await ann.get(f"/me/files?cursor={cursor}")).status_code == 422
