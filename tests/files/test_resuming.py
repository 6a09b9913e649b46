"""Uploads that can be resumed: tus 1.0, as a client that is not ours speaks it, and as one with bad intentions does."""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from tusclient.client import TusClient

from estafette import files
from estafette.base import disk
from estafette.base.database import Database, Transaction
from estafette.base.disk import Disk, DiskFull
from estafette.base.errors import NotFound
from estafette.base.ids import new_id
from estafette.base.images.process import Pictures
from estafette.base.quotas import QuotaExceeded, Quotas
from estafette.files.actions import arrival, resuming
from estafette.files.errors import StorageFailed
from estafette.files.store import files as resuming_files
from tests.files import samples
from tests.files.site import FilesSite, in_pieces, left_in
from tests.images import private
from tests.waiting import eventually

TUS = {"Tus-Resumable": "1.0.0"}
PIECES = TUS | {"Content-Type": "application/offset+octet-stream"}
CONTENT = bytes(range(256)) * 1_000
HALF = len(CONTENT) // 2


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resuming, "PART_BYTES", 10_000)


def named(name: str) -> dict[str, str]:
    kind, name = (b64encode(each).decode() for each in (b"text/html", name.encode()))
    return {"Upload-Metadata": f"filetype {kind},filename {name}"}


async def begun(ann: httpx.AsyncClient, size: int = len(CONTENT), name: str = "plan.bin", **headers: str) -> str:
    """The address of a new upload."""
    answer = await ann.post("/uploads", headers=TUS | named(name) | {"Upload-Length": str(size)} | headers)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


async def send(
    ann: httpx.AsyncClient, place: str, offset: int, content: bytes | AsyncIterator[bytes], **headers: str
) -> httpx.Response:
    return await ann.patch(place, content=content, headers=PIECES | {"Upload-Offset": str(offset)} | headers)


async def offset(ann: httpx.AsyncClient, place: str) -> int:
    answer = await ann.head(place, headers=TUS)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return int(answer.headers["Upload-Offset"])


async def made(ann: httpx.AsyncClient, place: str) -> bytes:
    """What is in the file that an upload becomes."""
    file = await ann.put(f"{place}/file")
    assert file.status_code == 200, file.text
    return (await ann.get(f"/files/{file.json()['id']}")).content


@pytest.mark.parametrize("checked", [False, True])
async def test_a_client_that_is_not_ours_uploads_a_file(site: FilesSite, folder: Path, checked: bool) -> None:
    def upload() -> str:
        client = TusClient(f"http://127.0.0.1:{site.port}/uploads", headers={"Person": str(site.ann)})
        uploader = client.uploader(
            file_stream=BytesIO(CONTENT), chunk_size=100_000, metadata={"filename": "Plan é.bin"},
            upload_checksum=checked,
        )  # fmt: skip
        uploader.upload()
        return uploader.url or ""

    place = httpx.URL(await asyncio.to_thread(upload)).path
    async with site.browser(site.ann) as ann:
        file = (await ann.put(f"{place}/file")).json()
        assert (file["name"], file["size"]) == ("Plan é.bin", len(CONTENT))
        assert (await ann.put(f"{place}/file")).json() == file, "asked again it is the same file"
        assert (await ann.get(f"/files/{file['id']}")).content == CONTENT
    assert len(left_in(folder)) == 1, "the parts are gone"


async def test_what_came_before_the_connection_broke_need_not_be_sent_again(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        _, writer = await asyncio.open_connection("127.0.0.1", site.port)
        head = PIECES | {"Host": "here", "Person": str(site.ann), "Upload-Offset": "0"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        lines += f"Content-Length: {len(CONTENT)}\r\n"
        writer.write(f"PATCH {place} HTTP/1.1\r\n{lines}\r\n".encode() + CONTENT[:HALF])
        await writer.drain()

        async def some_is_safe() -> bool:
            return await offset(ann, place) > 0

        await eventually(some_is_safe)
        writer.close()

        def go_on() -> None:
            here = f"http://127.0.0.1:{site.port}"
            client = TusClient(f"{here}/uploads", headers={"Person": str(site.ann)})
            client.uploader(
                file_stream=BytesIO(CONTENT), chunk_size=50_000, url=here + place, retries=5, retry_delay=0
            ).upload()

        await asyncio.to_thread(go_on)
        assert await made(ann, place) == CONTENT


async def test_of_two_who_send_at_once_the_later_one_goes_on_and_nothing_is_mixed_up(site: FilesSite) -> None:
    come, go = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"x" * 25_000
        come.set()
        await go.wait()
        yield b"x" * 25_000

    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        first = asyncio.create_task(send(ann, place, 0, slow()))
        await come.wait()

        async def counted() -> bool:
            return await offset(ann, place) == 20_000

        await eventually(counted)
        assert (await send(ann, place, 20_000, CONTENT[20_000:])).status_code == 204
        go.set()
        refused = await first
        assert (refused.status_code, refused.json()["code"]) == (409, "upload_moved")
        assert await made(ann, place) == b"x" * 20_000 + CONTENT[20_000:]


async def test_an_offset_that_is_not_its_own_changes_nothing(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        for wrong in (1, HALF, 10**17):
            assert (await send(ann, place, wrong, b"x")).status_code == 409
        assert await offset(ann, place) == 0


async def test_fewer_bytes_than_announced_are_no_file(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        await send(ann, place, 0, CONTENT[:HALF])
        refused = await ann.put(f"{place}/file")
        assert (refused.status_code, refused.json()["code"]) == (409, "upload_incomplete")
        assert (await send(ann, place, HALF, CONTENT[HALF:])).status_code == 204
        assert await made(ann, place) == CONTENT


async def test_more_bytes_than_announced_end_the_upload(site: FilesSite, folder: Path) -> None:
    async with site.browser(site.ann) as ann:
        for body in (CONTENT, in_pieces(CONTENT)):
            place = await begun(ann, HALF)
            assert (await send(ann, place, 0, body)).status_code == 413
            assert (await ann.head(place)).status_code == 404
    assert left_in(folder) == []


async def test_a_wrong_checksum_keeps_nothing_of_its_body(site: FilesSite) -> None:
    right = f"sha256 {b64encode(hashlib.sha256(CONTENT[:HALF]).digest()).decode()}"
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        assert (await send(ann, place, 0, CONTENT[1 : HALF + 1], **{"Upload-Checksum": right})).status_code == 460
        assert await offset(ann, place) == 0
        for nonsense in ("crc32 AAAA", "sha256 *", "AAAA"):
            assert (await send(ann, place, 0, b"x", **{"Upload-Checksum": nonsense})).status_code == 400
        assert (await send(ann, place, 0, CONTENT[:HALF], **{"Upload-Checksum": right})).status_code == 204
        assert await offset(ann, place) == HALF


async def test_what_speaks_otherwise_is_told_so(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann:
        told = (await ann.options("/uploads")).headers
        assert (told["Tus-Version"], told["Tus-Max-Size"]) == ("1.0.0", str(files.MAX_BYTES))
        place = await begun(ann)
        old = {"Tus-Resumable": "0.2.2"}
        for answer in (
            await ann.post("/uploads", headers=old | {"Upload-Length": "1"}),
            await send(ann, place, 0, b"x", **old),
            await ann.delete(place, headers=old),
        ):
            assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
        assert (await send(ann, place, 0, b"x", **{"Content-Type": "text/plain"})).status_code == 400
        too_long = TUS | {"Upload-Length": str(files.MAX_BYTES + 1)}
        assert (await ann.post("/uploads", headers=too_long)).status_code == 413
        assert await offset(ann, place) == 0


@pytest.mark.parametrize("length", ["", "-1", "1.5", "x", "9" * 30])
async def test_a_length_that_is_none_is_named(site: FilesSite, length: str) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        for answer in (
            await ann.post("/uploads", headers=TUS | {"Upload-Length": length}),
            await ann.patch(place, content=b"x", headers=PIECES | {"Upload-Offset": length}),
        ):
            assert answer.status_code == 422


async def test_an_upload_is_its_owners_alone(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann, site.browser(site.ben) as ben:
        place = await begun(ann, 1)
        for answer in (
            await ben.head(place), await send(ben, place, 0, b"x"), await ben.put(f"{place}/file"),
            await ben.delete(place, headers=TUS), await ann.head(f"/uploads/{new_id()}"),
        ):  # fmt: skip
            assert answer.status_code == 404
        assert await offset(ann, place) == 0


async def test_an_upload_that_is_ended_leaves_nothing(site: FilesSite, folder: Path) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        await send(ann, place, 0, CONTENT[:HALF])
        assert (await ann.delete(place, headers=TUS)).status_code == 204
        assert (await ann.head(place)).status_code == 404
    assert left_in(folder) == []
    assert await site.database.fetchval("SELECT count(*) FROM contents") == 0


async def test_what_nobody_goes_on_with_expires_and_is_swept(site: FilesSite, folder: Path) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        await send(ann, place, 0, CONTENT[:HALF])
        site.database.clock.move(timedelta(hours=23))
        await send(ann, place, HALF, CONTENT[HALF : HALF + 1])
        site.database.clock.move(timedelta(hours=23))
        assert await offset(ann, place) == HALF + 1, "the time counts from the last part"
        site.database.clock.move(timedelta(hours=2))
        assert (await ann.head(place)).status_code == 404
    await files.sweep(site.database, site.storage)
    assert left_in(folder) == []
    assert await site.database.fetchval("SELECT count(*) FROM uploads") == 0


async def test_a_part_whose_process_was_killed_goes_with_its_upload(site: FilesSite, folder: Path) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        part, writer, upload = new_id(), new_id(), UUID(place.rpartition("/")[2])
        assert await resuming.uploads.take(site.database, upload, 0, writer)
        assert await resuming.uploads.begin_part(site.database, upload, part, 0, writer, 10, 10_000)
        await site.storage.put(resuming.paths.content(part), CONTENT[:HALF])
        assert await offset(ann, place) == 0
        await send(ann, place, 0, CONTENT)
        assert await made(ann, place) == CONTENT
    assert len(left_in(folder)) == 1


async def test_nobody_has_any_number_under_way(site: FilesSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resuming, "MOST_UNFINISHED", 3)
    async with site.browser(site.ann) as ann:
        answers = await asyncio.gather(*(ann.post("/uploads", headers=TUS | {"Upload-Length": "1"}) for _ in range(6)))
        assert sorted(each.status_code for each in answers) == [201, 201, 201, 409, 409, 409]
        place = next(each for each in answers if each.status_code == 201).headers["Location"]
        await ann.delete(place, headers=TUS)
        await begun(ann)


async def test_a_retry_of_the_beginning_is_the_same_upload(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann:
        key = {"Idempotency-Key": "once"}
        assert await begun(ann, 10, **key) == await begun(ann, 10, **key)
        other = await ann.post("/uploads", headers=TUS | {"Upload-Length": "11"} | key)
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_a_picture_that_came_in_parts_tells_nothing_of_people(site: FilesSite) -> None:
    photo = private.jpeg()
    async with site.browser(site.ann) as ann:
        place = await begun(ann, len(photo), "../../photo.jpg")
        await send(ann, place, 0, photo)
        file = (await ann.put(f"{place}/file")).json()
        assert (file["name"], file["media_type"], file["has_thumbnail"]) == ("photo.jpg", "image/jpeg", True)
        content = (await ann.get(f"/files/{file['id']}")).content
    assert not any(secret in content for secret in private.SECRETS)


async def test_an_empty_file_comes_in_no_part(site: FilesSite) -> None:
    async with site.browser(site.ann) as ann:
        assert await made(ann, await begun(ann, 0)) == b""


async def test_two_who_make_the_file_at_once_get_the_same_one(site: FilesSite, folder: Path) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann, len(samples.PAGE))
        await send(ann, place, 0, samples.PAGE)
        answers = await asyncio.gather(*(ann.put(f"{place}/file") for _ in range(3)))
    assert len({each.json()["id"] for each in answers}) == 1
    await files.sweep(site.database, site.storage)
    assert len(left_in(folder)) == 1


async def test_a_quota_refuses_at_the_beginning_and_ends_nothing_in_the_middle(
    database: Database, storage: files.Storage
) -> None:
    ann, quotas = new_id(), Quotas(bytes=len(CONTENT) + 100)
    uploads = files.Uploader(database, storage, Pictures(), quotas).resumable
    upload = await uploads.begin(ann, "a file", len(CONTENT))
    await uploads.receive(ann, upload.id, 0, in_pieces(CONTENT[:HALF]))
    with pytest.raises(QuotaExceeded):
        await uploads.begin(ann, "another", 101)
    await uploads.receive(ann, upload.id, HALF, in_pieces(CONTENT[HALF:]))
    assert (await uploads.finish(ann, upload.id)).size == len(CONTENT)
    other = await uploads.begin(ann, "another", 100)
    await uploads.end(ann, other.id)
    assert await uploads.begin(ann, "another", 100), "what was ended does not count"


async def test_a_storage_that_fails_in_the_middle_keeps_what_was_safe(
    site: FilesSite, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann)
        await send(ann, place, 0, CONTENT[:HALF])
        put = files.Storage.put

        async def full(*_: object) -> None:
            raise StorageFailed

        monkeypatch.setattr(files.Storage, "put", full)
        assert (await send(ann, place, HALF, CONTENT[HALF:])).status_code == 503
        assert (await ann.put(f"{place}/file")).status_code == 409
        monkeypatch.setattr(files.Storage, "put", put)
        assert await offset(ann, place) == HALF
        assert (await send(ann, place, HALF, CONTENT[HALF:])).status_code == 204
        assert await made(ann, place) == CONTENT


async def test_an_upload_that_many_end_at_once_gives_its_bytes_back_once(
    database: Database, storage: files.Storage
) -> None:
    ann = new_id()
    uploads = files.Uploader(database, storage, Pictures()).resumable
    await uploads.begin(ann, "kept", 1_000)
    ended = await uploads.begin(ann, "ended", 100)
    gathered = await asyncio.gather(*(uploads.end(ann, ended.id) for _ in range(20)), return_exceptions=True)
    assert all(each is None or isinstance(each, NotFound) for each in gathered)
    assert await database.fetchval("SELECT bytes FROM daily_usage WHERE person_id = $1", ann) == 1_000


async def test_what_is_ended_while_it_becomes_a_file_becomes_none(
    database: Database, storage: files.Storage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = new_id()
    uploads = files.Uploader(database, storage, Pictures()).resumable
    upload = await uploads.begin(ann, "a file", len(CONTENT))
    await uploads.receive(ann, upload.id, 0, in_pieces(CONTENT))
    begin = resuming_files.begin

    async def ended_meanwhile(*given: Any) -> None:
        monkeypatch.setattr(resuming_files, "begin", begin)
        await begin(*given)
        await uploads.end(ann, upload.id)

    monkeypatch.setattr(resuming_files, "begin", ended_meanwhile)
    with pytest.raises(NotFound):
        await uploads.finish(ann, upload.id)
    assert left_in(folder) == []
    assert await database.fetchval("SELECT count(*) FROM files") == 0
    assert await database.fetchval("SELECT bytes FROM daily_usage WHERE person_id = $1", ann) == 0


async def test_what_is_ended_after_all_was_read_becomes_no_file(
    database: Database, storage: files.Storage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = new_id()
    uploads = files.Uploader(database, storage, Pictures()).resumable
    upload = await uploads.begin(ann, "a file", len(CONTENT))
    await uploads.receive(ann, upload.id, 0, in_pieces(CONTENT))
    put = files.Storage.put

    async def ended_meanwhile(*given: Any) -> None:
        await put(*given)
        await uploads.end(ann, upload.id)

    monkeypatch.setattr(files.Storage, "put", ended_meanwhile)
    with pytest.raises(NotFound):
        await uploads.finish(ann, upload.id)
    assert left_in(folder) == []
    assert await database.fetchval("SELECT bytes FROM daily_usage WHERE person_id = $1", ann) == 0


async def test_a_part_that_is_shorter_than_it_was_makes_no_file(site: FilesSite, folder: Path) -> None:
    async with site.browser(site.ann) as ann:
        place = await begun(ann, len(samples.PAGE))
        await send(ann, place, 0, samples.PAGE)
        (part,) = left_in(folder)
        (folder / part).write_bytes(samples.PAGE[:-1])
        assert (await ann.put(f"{place}/file")).status_code in (404, 503)
    assert left_in(folder) == [part]
    assert await site.database.fetchval("SELECT count(*) FROM files") == 0


async def test_a_commit_whose_answer_is_lost_has_made_the_file(
    site: FilesSite, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads = files.Uploader(site.database, site.storage, Pictures()).resumable
    upload = await uploads.begin(site.ann, "a file", len(CONTENT))
    await uploads.receive(site.ann, upload.id, 0, in_pieces(CONTENT))
    transaction = Database.transaction

    @asynccontextmanager
    async def answer_lost(self: Database) -> AsyncGenerator[Transaction, None]:
        async with transaction(self) as opened:
            yield opened
        monkeypatch.setattr(Database, "transaction", transaction)
        raise ConnectionResetError

    monkeypatch.setattr(Database, "transaction", answer_lost)
    with pytest.raises(ConnectionResetError):
        await uploads.finish(site.ann, upload.id)
    async with site.browser(site.ann) as ann:
        assert await made(ann, f"/uploads/{upload.id}") == CONTENT


async def test_an_upload_lies_in_a_bounded_number_of_parts(site: FilesSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resuming, "MOST_PARTS", 2)
    async with site.browser(site.ann) as ann:
        place = await begun(ann, 12_000)
        for at in range(3):
            assert (await send(ann, place, at, b"x")).status_code == 204
        refused = await send(ann, place, 3, b"x")
        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_parts")
        assert await offset(ann, place) == 3


async def test_a_request_whose_place_another_took_keeps_no_further_part(site: FilesSite, folder: Path) -> None:
    come, go = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"x" * 10_000
        come.set()
        await go.wait()
        yield b"x" * 10_000

    checked = f"sha256 {b64encode(hashlib.sha256(b'x' * 20_000).digest()).decode()}"
    async with site.browser(site.ann) as ann:
        place = await begun(ann, 20_000)
        first = asyncio.create_task(send(ann, place, 0, slow(), **{"Upload-Checksum": checked}))
        await come.wait()

        async def kept() -> bool:
            return await site.database.fetchval("SELECT count(*) FROM upload_parts") == 1

        await eventually(kept)
        assert (await send(ann, place, 0, b"y")).status_code == 204
        go.set()
        refused = await first
        assert (refused.status_code, refused.json()["code"]) == (409, "upload_moved")
        assert await offset(ann, place) == 1
    assert len(left_in(folder)) == 1


async def test_a_file_is_made_only_while_the_disk_has_room_for_it(
    database: Database, storage: files.Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "LOOKS_EVERY", 0)
    ann, free = new_id(), [10_000_000]
    quotas = Quotas(disk=Disk(tmp_path, 1_000_000, lambda _: free[0]))
    uploads = files.Uploader(database, storage, Pictures(), quotas).resumable
    upload = await uploads.begin(ann, "a file", len(CONTENT))
    await uploads.receive(ann, upload.id, 0, in_pieces(CONTENT))
    free[0] = 1_000_001
    with pytest.raises(DiskFull):
        await uploads.finish(ann, upload.id)
    free[0] = 10_000_000
    assert (await uploads.finish(ann, upload.id)).size == len(CONTENT)


async def test_a_picture_that_is_too_large_is_refused_and_its_upload_ended(
    site: FilesSite, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "MAX_PICTURE_BYTES", 100)
    async with site.browser(site.ann) as ann:
        place = await begun(ann, len(photo := samples.image("PNG")))
        await send(ann, place, 0, photo)
        for refused in (await ann.put(f"{place}/file"), await ann.post("/files", content=photo)):
            assert (refused.status_code, refused.json()["code"]) == (413, "picture_too_large")
        assert (await ann.head(place)).status_code == 404
        assert (await ann.post("/files", content=CONTENT)).status_code == 201, "what is no picture may be larger"
    assert len(left_in(folder)) == 1
