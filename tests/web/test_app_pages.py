"""The web app's files: its page for every address of a page, hashed files for ever, nothing else of the disk."""

import gzip
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from estafette.http.asgi import Receive, Scope, Send
from estafette.web.app_pages import AppPages

PAGE = "<!doctype html><title>Estafette</title>" + " " * 2_000
SCRIPT = "console.log('estafette');" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assets = tmp_path / "static" / "assets"
    assets.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "static" / "index.html").write_text(PAGE)
    (tmp_path / "static" / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (assets / "main-a1b2c3.js").write_text(SCRIPT)
    (assets / "font-d4e5.woff2").write_bytes(b"wOF2" + bytes(2_000))
    return tmp_path / "static"


class Served:
    """The pages as an application of their own; what is not theirs is 418."""

    def __init__(self, pages: AppPages) -> None:
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = self.pages(scope)
        if page is not None:
            await page(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def browser(folder: Path) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Served(AppPages(folder)))
    return httpx.AsyncClient(transport=transport, base_url="http://here", headers={"Accept": "text/html,*/*"})


@pytest_asyncio.fixture
async def pages(folder: Path) -> httpx.AsyncClient:
    return browser(folder)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/partner/0189", "/inbox/1/2/settings", "/documents", "/apiary"])
async def test_every_page_of_the_app_is_its_one_page(pages: httpx.AsyncClient, path: str) -> None:
    answer = await pages.get(path)
    assert answer.text == PAGE
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/api", "/api/v1/me", "/docs", "/healthz", "/metrics", "/openapi.json", "/problems/x"]
)
async def test_what_belongs_to_the_api_is_left_to_it(pages: httpx.AsyncClient, path: str) -> None:
    assert (await pages.get(path)).status_code == 418


async def test_hashed_files_are_kept_for_ever_and_others_are_asked_for(pages: httpx.AsyncClient) -> None:
    script = await pages.get("/assets/main-a1b2c3.js")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert (await pages.get("/favicon.svg")).headers["cache-control"] == "no-cache"


async def test_files_are_compressed_for_those_who_can_read_it(pages: httpx.AsyncClient) -> None:
    async with pages.stream("GET", "/assets/main-a1b2c3.js", headers={"Accept-Encoding": "gzip, br"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "accept-encoding"
    assert int(answer.headers["content-length"]) == len(raw)
    assert gzip.decompress(raw).decode() == SCRIPT
    plain = await pages.get("/assets/main-a1b2c3.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    font = await pages.get("/assets/font-d4e5.woff2", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in font.headers


async def test_what_the_browser_has_is_not_sent_again(pages: httpx.AsyncClient) -> None:
    first = await pages.get("/sign-in")
    again = await pages.get("/sign-in", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert (await pages.get("/sign-in", headers={"If-None-Match": '"other"'})).status_code == 200


@pytest.mark.parametrize("accept", ["*/*", "text/html,application/xhtml+xml;q=0.9", None])
async def test_an_address_of_the_app_is_a_page_for_every_kind_of_visitor(
    pages: httpx.AsyncClient, accept: str | None
) -> None:
    pages.headers.pop("accept", None)
    answer = await pages.get("/partner/somebody", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    assert answer.text == PAGE


async def test_who_wants_data_gets_no_page(pages: httpx.AsyncClient) -> None:
    assert (await pages.get("/partner/somebody", headers={"Accept": "application/json"})).status_code == 418


async def test_a_head_has_no_body(pages: httpx.AsyncClient) -> None:
    answer = await pages.head("/", headers={"Accept-Encoding": "identity"})
    assert answer.content == b""
    assert int(answer.headers["content-length"]) == len(PAGE)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "//secret.txt",
        "/assets/..%2f..%2fsecret.txt",
    ],
)
async def test_nothing_outside_the_folder_is_shown(folder: Path, path: str) -> None:
    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept", b"*/*")]}
    assert AppPages(folder)(scope) is None


async def test_a_missing_file_is_no_page(pages: httpx.AsyncClient) -> None:
    answer = await pages.get("/assets/gone-000000.js", headers={"Accept": "*/*"})
    assert answer.status_code == 418


async def test_an_app_that_was_not_built_is_said_so(tmp_path: Path) -> None:
    answer = await browser(tmp_path / "nothing").get("/")
    assert answer.status_code == 503
    assert "npm run build" in answer.text
