"""Files over HTTP."""

import asyncio
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from estafette import files
from estafette.files.rules import MAX_BYTES
from tests.waiting import eventually

from . import samples
from .site import FilesSite, left_in

TEXT = "Bonjour à tous, это текст.\n".encode() * 1000


async def sent(site: FilesSite, content: bytes = TEXT, name: str = "note.txt") -> str:
    async with site.browser(site.ann) as ann:
        answer = await ann.post("/files", params={"name": name}, content=content)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def got(site: FilesSite, path: str, **headers: str) -> httpx.Response:
    async with site.browser(site.ann) as ann:
        return await ann.get(path, headers={key.replace("_", "-"): value for key, value in headers.items()})


async def test_a_file_comes_back_as_it_was_sent(site: FilesSite) -> None:
    answer = await got(site, f"/files/{await sent(site)}")
    assert answer.status_code == 200
    assert answer.content == TEXT
    assert answer.headers["content-length"] == str(len(TEXT))
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="note.txt"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-cache"


async def test_the_answer_to_an_upload_tells_what_the_file_is(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann:
        answer = await ann.post(
            "/files",
            params={"name": "../été.png"},
            content=samples.image(size=(30, 20)),
            headers={"Content-Type": "text/html"},
        )
    assert answer.json() | {"id": "", "size": 0} == {
        "id": "",
        "name": "été.png",
        "media_type": "image/png",
        "size": 0,
        "width": 30,
        "height": 20,
        "has_thumbnail": True,
    }


@pytest.mark.parametrize("content", [samples.polyglot_gif(), samples.polyglot_jpeg()])
async def test_a_polyglot_can_only_be_an_image(site: FilesSite, content: bytes) -> None:
    answer = await got(site, f"/files/{await sent(site, content, 'page.html')}")
    assert answer.headers["content-type"] in {"image/gif", "image/jpeg"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("content", [samples.PAGE, samples.DRAWING, b"alert(1)"])
async def test_pages_drawings_and_scripts_are_saved_and_never_shown(site: FilesSite, content: bytes) -> None:
    answer = await got(site, f"/files/{await sent(site, content, 'photo.png')}")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_an_image_is_shown_unless_it_shall_be_saved(site: FilesSite) -> None:
    path = f"/files/{await sent(site, samples.image(), 'a.png')}"
    assert (await got(site, path)).headers["content-disposition"].startswith("inline")
    assert (await got(site, f"{path}?download=1")).headers["content-disposition"].startswith("attachment")


async def test_the_small_copy_of_an_image(site: FilesSite) -> None:
    path = f"/files/{await sent(site, samples.image(size=(2000, 1000)))}/thumbnail"
    answer = await got(site, path)
    assert answer.headers["content-type"] == "image/webp"
    with Image.open(BytesIO(answer.content)) as small:
        assert small.size == (640, 320)
    again = await got(site, path, If_None_Match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_a_text_has_no_small_copy(site: FilesSite) -> None:
    assert (await got(site, f"/files/{await sent(site)}/thumbnail")).status_code == 404


async def test_one_range_is_answered(site: FilesSite) -> None:
    path = f"/files/{await sent(site)}"
    answer = await got(site, path, Range="bytes=100-299")
    assert answer.status_code == 206
    assert answer.content == TEXT[100:300]
    assert answer.headers["content-range"] == f"bytes 100-299/{len(TEXT)}"
    assert (await got(site, path, Range="bytes=-5")).content == TEXT[-5:]


async def test_a_range_behind_the_end_cannot_be_met(site: FilesSite) -> None:
    answer = await got(site, f"/files/{await sent(site)}", Range=f"bytes={len(TEXT)}-")
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(TEXT)}"


async def test_a_range_of_another_version_gets_the_whole_file(site: FilesSite) -> None:
    path = f"/files/{await sent(site)}"
    assert (await got(site, path, Range="bytes=0-9", If_Range='"old"')).status_code == 200
    tag = (await got(site, path)).headers["etag"]
    assert (await got(site, path, Range="bytes=0-9", If_Range=tag)).status_code == 206


async def test_who_holds_the_file_gets_no_bytes(site: FilesSite) -> None:
    path = f"/files/{await sent(site)}"
    tag = (await got(site, path)).headers["etag"]
    answer = await got(site, path, If_None_Match=tag)
    assert (answer.status_code, answer.content) == (304, b"")


async def test_head_tells_the_size_without_the_bytes(site: FilesSite) -> None:
    file_id = await sent(site)
    async with site.browser(site.ann) as ann:
        answer = await ann.head(f"/files/{file_id}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(TEXT))
    assert answer.headers["etag"]


async def test_an_empty_file_is_a_file(site: FilesSite) -> None:
    answer = await got(site, f"/files/{await sent(site, b'')}")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_an_empty_file_is_answered_to_the_end(site: FilesSite) -> None:
    file_id = await sent(site, b"")
    async with site.browser(site.ann) as ann:
        answers = [await ann.get(f"/files/{file_id}", params={"download": download}) for download in ("false", "true")]
    assert [(each.status_code, each.content) for each in answers] == [(200, b"")] * 2
    assert not any("connection" in each.headers for each in answers)
    assert [piece async for piece in await site.storage.read(f"{file_id}", 0, 0)] == []


async def test_others_do_not_see_an_upload_and_later_those_who_may_do(site: FilesSite) -> None:
    file_id = await sent(site, samples.image())
    paths = [f"/files/{file_id}", f"/files/{file_id}/thumbnail"]
    async with site.browser(site.ben) as ben, site.browser(None) as nobody, site.browser(site.ann) as ann:
        for path in paths:
            assert [(await each.get(path)).status_code for each in (ann, ben, nobody)] == [200, 404, 404]
        async with site.database.transaction() as transaction:
            await files.claim(transaction, site.ann, (await all_ids(site)))
        site.allowed = {(site.ben, (await all_ids(site))[0])}
        for path in paths:
            assert [(await each.get(path)).status_code for each in (ann, ben, nobody)] == [404, 200, 404]
            assert (await ben.head(paths[0])).status_code == 200
            assert (await ann.head(paths[0])).status_code == 404


async def test_a_browser_has_to_ask_again_for_what_is_not_for_everyone(site: FilesSite) -> None:
    file_id = await sent(site, samples.image())
    async with site.database.transaction() as transaction:
        [claimed] = await files.claim(transaction, site.ann, await all_ids(site))
    site.allowed = {(site.ben, claimed.id)}
    for path in (f"/files/{file_id}", f"/files/{file_id}/thumbnail"):
        async with site.browser(site.ben) as ben, site.browser(None) as signed_out:
            first = await ben.get(path)
            assert first.headers["cache-control"] == "private, no-cache"
            held = {"If-None-Match": first.headers["etag"]}
            again = await ben.get(path, headers=held)
            assert (again.status_code, again.headers["cache-control"]) == (304, "private, no-cache")
            # What the browser still holds is worth nothing to who signed out, or lost the right.
            assert (await signed_out.get(path, headers=held)).status_code == 404


async def test_a_picture_for_everyone_may_stay_with_browsers(site: FilesSite) -> None:
    file_id = await sent(site, samples.image())
    async with site.database.transaction() as transaction:
        [claimed] = await files.claim(transaction, site.ann, await all_ids(site))
    site.allowed = {(None, claimed.id)}
    for path in (f"/files/{file_id}", f"/files/{file_id}/thumbnail"):
        assert (await got(site, path)).headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_foreign_file_answers_like_an_unknown_one(site: FilesSite) -> None:
    file_id = await sent(site)
    async with site.browser(site.ben) as ben:
        foreign, unknown = await ben.get(f"/files/{file_id}"), await ben.get(f"/files/{uuid4()}")
    assert (
        (foreign.status_code, foreign.json()) == (unknown.status_code, unknown.json()) == (404, {"code": "not_found"})
    )


async def test_what_announces_too_many_bytes_is_refused_before_they_are_sent(site: FilesSite, folder: Path) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(opening(site, MAX_BYTES + 1))
    assert b" 413 " in await reader.readline()
    writer.close()
    assert left_in(folder) == []


async def test_what_does_not_announce_its_size_is_counted(site: FilesSite, folder: Path) -> None:
    async def endless():
        for _ in range(MAX_BYTES // 65_536 + 2):
            yield b"a" * 65_536

    async with site.browser(site.ann) as ann:
        answer = await ann.post("/files", content=endless())
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large"})
    assert left_in(folder) == []


async def test_a_sender_who_goes_away_leaves_nothing(site: FilesSite, folder: Path) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(opening(site, 10_000_000) + b"a" * 1_000_000)
    await writer.drain()
    await until_there_are(site, 1)
    writer.transport.abort()
    await until_there_are(site, 0)
    assert left_in(folder) == []


async def test_a_retry_over_http(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann:
        key = {"Idempotency-Key": "one"}
        first = await ann.post("/files?name=a.txt", content=b"text", headers=key)
        second = await ann.post("/files?name=a.txt", content=b"text", headers=key)
        other = await ann.post("/files?name=a.txt", content=b"other", headers=key)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert (other.status_code, other.json()) == (409, {"code": "idempotency_key_reused"})


async def test_a_missing_file_in_the_storage_is_not_found(site: FilesSite, folder: Path) -> None:
    path = f"/files/{await sent(site)}"
    for each in left_in(folder):
        (folder / each).unlink()
    assert (await got(site, path)).status_code == 404


async def all_ids(site: FilesSite) -> list[UUID]:
    return [row["id"] for row in await site.database.fetch("SELECT id FROM files ORDER BY id")]


async def until_there_are(site: FilesSite, count: int) -> None:
    """Waits until the database knows so many files."""

    async def there_are() -> bool:
        return len(await all_ids(site)) == count

    await eventually(there_are)


def opening(site: FilesSite, announced: int) -> bytes:
    """The head of an upload as it goes over the wire."""
    lines = ["POST /files?name=x HTTP/1.1", "Host: x", f"Person: {site.ann}", f"Content-Length: {announced}", "", ""]
    return "\r\n".join(lines).encode()
