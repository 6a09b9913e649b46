"""The product in words: `/docs` for who runs it, `/docs/api` and `/openapi.json` for who programs with it."""

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from estafette.base.errors import NotFound
from estafette.http import Endpoint, RedirectResponse, Response, get
from estafette.web.documents.api_page import api_page
from estafette.web.documents.chapter_page import chapter_page
from estafette.web.documents.chapters import chapters, examples
from estafette.web.documents.openapi import openapi

_STYLE: Final = Path(__file__).parent / "docs.css"
_CACHE: Final = {"Cache-Control": "no-cache"}

Described = Callable[[], list[Endpoint]]


def document(described: Described) -> str:
    """The OpenAPI document of these handlers as JSON."""
    return msgspec.json.format(msgspec.json.encode(openapi(described())), indent=2).decode()


def documents(described: Described) -> list[Endpoint]:
    """The handlers that show it; nothing is built before somebody asks."""

    @cache
    def built() -> tuple[bytes, bytes]:
        found = openapi(described())
        return msgspec.json.encode(found), api_page(found).encode()

    @get("/openapi.json", open=True, documented=False)
    async def openapi_json() -> Response:
        encoded, _ = await asyncio.to_thread(built)
        return Response(encoded, media_type="application/json", headers=_CACHE)

    @cache
    def written(name: str) -> bytes:
        chapter = chapters().get(name)
        if chapter is None:
            raise NotFound
        return chapter_page(chapter).encode()

    @get("/docs", open=True, documented=False)
    async def first_page() -> Response:
        return Response(await asyncio.to_thread(written, ""), media_type="text/html", headers=_CACHE)

    @get("/docs/{chapter}", open=True, documented=False)
    async def chapter_of(chapter: str) -> Response:
        return Response(await asyncio.to_thread(written, chapter), media_type="text/html", headers=_CACHE)

    @get("/docs/deploy/{name}", open=True, documented=False)
    async def example(name: str) -> Response:
        found = await asyncio.to_thread(examples)
        if name not in found:
            raise NotFound
        return Response(found[name], media_type="text/plain; charset=utf-8", headers=_CACHE)

    @get("/docs/api", open=True, documented=False)
    async def api() -> Response:
        _, html = await asyncio.to_thread(built)
        return Response(html, media_type="text/html", headers=_CACHE)

    @get("/docs/docs.css", open=True, documented=False)
    async def style() -> Response:
        return Response(_STYLE.read_bytes(), media_type="text/css", headers=_CACHE)

    @get("/problems/{code}", open=True, documented=False)
    async def problem(code: str) -> RedirectResponse:
        known = code if code.isascii() and code.replace("_", "").isalnum() else ""
        return RedirectResponse(f"/docs/api#problem-{known}", 302)

    return [openapi_json, first_page, chapter_of, example, api, style, problem]
