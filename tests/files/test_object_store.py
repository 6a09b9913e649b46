"""Files in an object store: everything as in a folder, against a local counterpart of S3."""

import logging
import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import obstore
import pytest
from click.testing import CliRunner
from moto.server import ThreadedMotoServer
from obstore.store import from_url

from estafette import files
from estafette.base.database import Database
from estafette.base.errors import TooLarge
from estafette.base.ids import new_id
from estafette.base.settings import Settings
from estafette.cli import main
from estafette.files.errors import StorageFailed
from estafette.files.rules import MAX_BYTES, paths
from estafette.main.backups import Restoring, back_up, restore
from tests.cli.running import up
from tests.databases import fresh_database
from tests.files import samples
from tests.files.site import FilesSite, in_pieces, upload
from tests.prepared import installed
from tests.waiting import PATIENCE

URL = "s3://estafette/under/a/prefix"
# Longer than one part of an upload in parts.
LONG = os.urandom(6 * 1024 * 1024)


@dataclass
class Bucket:
    """What lies in the bucket, and how to make it fail."""

    endpoint: str

    def paths(self) -> list[str]:
        return sorted(each["path"] for each in obstore.list(from_url(URL)).collect())

    def unfinished(self) -> int:
        """Uploads in parts that were begun and neither finished nor given up."""
        return httpx.get(f"{self.endpoint}/estafette?uploads").text.count("<Upload>")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Generator[Bucket, None, None]:
    """An empty bucket, and the variables that lead to it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    assert httpx.put(f"{endpoint}/estafette").status_code == 200
    yield Bucket(endpoint)
    httpx.post(f"{endpoint}/moto-api/reset")
    server.stop()


@pytest.fixture
def storage(bucket: Bucket) -> files.Storage:
    return files.open_storage(URL)


async def test_a_file_comes_back_whole_and_in_ranges(site: FilesSite, bucket: Bucket) -> None:
    async with site.browser(site.ann) as ann:
        sent = await ann.post("/files", params={"name": "long.bin"}, content=LONG)
        address = f"/files/{sent.json()['id']}"
        assert (await ann.get(address)).content == LONG
        part = await ann.get(address, headers={"Range": "bytes=5000000-5000099"})
    assert (part.status_code, part.content) == (206, LONG[5_000_000:5_000_100])
    assert bucket.paths() == [paths.content(UUID(sent.json()["id"]))]


async def test_a_picture_is_kept_with_its_small_copy(site: FilesSite, bucket: Bucket) -> None:
    async with site.browser(site.ann) as ann:
        sent = (await ann.post("/files", params={"name": "a.png"}, content=samples.image(size=(900, 600)))).json()
        small = await ann.get(f"/files/{sent['id']}/thumbnail")
    assert sent["has_thumbnail"]
    assert small.headers["content-type"] == "image/webp"
    assert len(bucket.paths()) == 2


async def test_what_is_too_large_or_cut_off_leaves_nothing(
    database: Database, storage: files.Storage, bucket: Bucket
) -> None:
    async def cut():
        yield LONG
        raise EOFError  # as when a browser goes away

    with pytest.raises(TooLarge):
        await upload(database, storage, new_id(), "a.bin", in_pieces(bytes(MAX_BYTES + 1), 1_000_000))
    with pytest.raises(EOFError):
        await upload(database, storage, new_id(), "a.bin", cut())
    assert bucket.paths() == []
    assert bucket.unfinished() == 0


async def test_what_nobody_uses_is_swept(database: Database, storage: files.Storage, bucket: Bucket) -> None:
    kept = await upload(database, storage, new_id(), "a.txt", in_pieces(b"hello"))
    assert bucket.paths()
    async with database.transaction() as transaction:
        await files.release(transaction, [kept.id])
    assert (await files.sweep(database, storage)).removed == 1
    assert bucket.paths() == []


async def test_a_store_that_refuses_is_said_to_be_unavailable(
    database: Database, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = files.open_storage("s3://no-such-bucket")
    with pytest.raises(StorageFailed):
        await upload(database, nowhere, new_id(), "a.txt", in_pieces(b"hello"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(StorageFailed):
        await files.open_storage(URL).small("a")


async def test_a_file_url_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "with a space"
    storage = files.open_storage(folder.as_uri())
    await storage.put("a/b", b"hello")
    assert (folder / "a" / "b").read_bytes() == b"hello"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_whole_installation_keeps_its_uploads_there(tmp_path: Path, bucket: Bucket) -> None:
    with up(installed(tmp_path / "data"), "--files-url", URL) as running:
        origin = f"http://127.0.0.1:{running.port}"
        with httpx.Client(base_url=f"{origin}/api/v1", headers={"Origin": origin}, timeout=PATIENCE) as ann:
            given = {"name": "Ann", "email": "ann@example.com", "password": "a long password", "language": "en"}
            assert ann.post("/sign-up", json=given).status_code == 201
            sent = ann.post("/files", params={"name": "a.txt"}, content=b"hello").json()
            assert ann.get(f"/files/{sent['id']}").content == b"hello"
    assert bucket.paths() == [paths.content(UUID(sent["id"]))]
    assert not (tmp_path / "data" / "files").exists()


def test_the_doctor_tries_it(tmp_path: Path, bucket: Bucket) -> None:
    def told(url: str) -> str:
        return CliRunner().invoke(main, ["doctor", "--data", str(tmp_path / "none"), "--files-url", url]).output

    assert f"good  files: {URL} keeps, gives back and removes" in told(URL)
    assert bucket.paths() == []
    assert "BAD   files: nothing can be kept at s3://no-such-bucket" in told("s3://no-such-bucket")


async def test_a_backup_takes_uploads_out_of_a_bucket_and_puts_them_into_another_place(
    database: Database, dsn: str, server: str, storage: files.Storage, bucket: Bucket, tmp_path: Path
) -> None:
    kept = await upload(database, storage, new_id(), "a.bin", in_pieces(LONG))
    lost = await upload(database, storage, new_id(), "b.txt", in_pieces(b"hello"))
    await storage.remove(paths.content(lost.id))
    settings = Settings(data=tmp_path / "data", files_url=URL)
    said: list[str] = []
    saved = await back_up(settings, dsn, tmp_path / "saved", None, with_files=True, say=said.append)
    assert (saved.files, saved.missing, said[-1]) == (1, 1, "Copying 2 files")
    async with fresh_database(server, "template0") as empty:
        elsewhere = Settings(data=tmp_path / "new", database_url=empty, files_url="s3://estafette/elsewhere")
        restored = await restore(elsewhere, tmp_path / "saved", Restoring(), said.append)
        assert restored.manifest.missing_files == [paths.content(lost.id)]
        assert await files.open_storage("s3://estafette/elsewhere").small(paths.content(kept.id)) == LONG
    assert not (tmp_path / "new" / "files").exists()
