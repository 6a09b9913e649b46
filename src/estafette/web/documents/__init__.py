"""The API in words: `/openapi.json` for programs, `/docs` for people, `/problems/{code}` for both."""

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from estafette.http import Endpoint, RedirectResponse, Response, get
from estafette.web.documents.openapi import openapi
from estafette.web.documents.page import page

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
        return msgspec.json.encode(found), page(found).encode()

    @get("/openapi.json", open=True, documented=False)
    async def openapi_json() -> Response:
        encoded, _ = await asyncio.to_thread(built)
        return Response(encoded, media_type="application/json", headers=_CACHE)

    @get("/docs", open=True, documented=False)
    async def docs() -> Response:
        _, html = await asyncio.to_thread(built)
        return Response(html, media_type="text/html", headers=_CACHE)

    @get("/docs/docs.css", open=True, documented=False)
    async def style() -> Response:
        return Response(_STYLE.read_bytes(), media_type="text/css", headers=_CACHE)

    @get("/problems/{code}", open=True, documented=False)
    async def problem(code: str) -> RedirectResponse:
        known = code if code.isascii() and code.replace("_", "").isalnum() else ""
        return RedirectResponse(f"/docs#problem-{known}", 302)

    return [openapi_json, docs, style, problem]
