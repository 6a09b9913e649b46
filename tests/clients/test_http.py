"""The register over HTTP: a file in, its rejected lines out; what is too large is refused before it is read."""

import asyncio
import csv
import io
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio

from estafette.clients.actions import importing
from estafette.files import open_storage
from tests.clients.scene import Register
from tests.http import WebServer, running
from tests.processes import new_token


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    async with running(dsn, tmp_path) as started:
        yield started


@pytest_asyncio.fixture
async def root(web_server: WebServer, register: Register) -> AsyncGenerator[httpx.AsyncClient, None]:
    async with web_server.client(await new_token(register.world, register.root)) as client:
        client.headers["Accept-Language"] = "fr"
        yield client


async def test_the_whole_way_of_a_file(web_server: WebServer, register: Register, root: httpx.AsyncClient) -> None:
    content = "Nom;E-mail;Téléphone\n=cmd;zoe@example.com;06 12 34 56 78\nYves;nobody;\n".encode("cp1252")
    uploaded = await root.post("/api/v1/client-imports?name=clients.csv", content=content)
    assert uploaded.status_code == 201, uploaded.text
    told = uploaded.json()
    assert (told["encoding"], told["guesses"]) == ("Windows-1252", ["name", "email", "phone"])
    path = f"/api/v1/client-imports/{told['id']}"
    plan = {"columns": told["guesses"], "match_by": "email", "language": "fr", "time_zone": "Europe/Paris"}
    preview = (await root.post(f"{path}/previews", json=plan)).json()
    assert [(each["line"], each["field"]) for each in preview["faults"]] == [(3, "email")]
    assert (await root.put(f"{path}/run", json=plan)).json()["state"] == "queued"
    assert (await root.put(f"{path}/run", json=plan)).status_code == 409
    assert await importing.import_one(register.database, open_storage(web_server.settings.files), asyncio.Event())
    done = (await root.get(path)).json()
    assert (done["state"], done["created"], done["rejected"]) == ("done", 1, 1)
    rejected = (await root.get(f"{path}/rejected-lines.csv")).content.decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(rejected))
    assert row[:2] == ["Yves", "nobody"]
    assert (heads[-2:], row[-2]) in ((["Ligne", "Motif"], "3"), (["Line", "Reason"], "3"))
    exported = (await root.get("/api/v1/clients.csv")).content.decode("utf-8-sig")
    assert "'=cmd" in exported
    assert "+33 6 12 34 56 78" in exported
    workbook = await root.get("/api/v1/clients.xlsx")
    assert workbook.content.startswith(b"PK")


async def test_a_gigabyte_is_refused_before_it_is_read(root: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(1024)
            raise AssertionError("more was read than was announced to be too much")

    refused = await root.post("/api/v1/client-imports", content=endless(), headers={"Content-Length": str(1024**3)})
    assert refused.status_code == 413
    assert refused.json()["code"] == "too_large"


async def test_what_is_no_table_is_refused_by_its_field(root: httpx.AsyncClient) -> None:
    for content in (b"", b"PK\x03\x04 broken", b"\x00\x01\x02,\x00"):
        refused = await root.post("/api/v1/client-imports", content=content)
        assert refused.status_code == 422
        assert [each["field"] for each in refused.json()["errors"]] == ["file"]


async def test_a_filter_of_very_many_groups_is_refused(root: httpx.AsyncClient) -> None:
    deep = '{"filter": ' + '{"kind": "group", "rules": [' * 2_000 + "]}" * 2_000 + "}"
    headers = {"Content-Type": "application/json"}
    refused = await root.post("/api/v1/client-segments/counts", content=deep, headers=headers)
    assert refused.status_code in (400, 422)
