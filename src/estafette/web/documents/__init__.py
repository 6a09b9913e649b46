"""The API in words: `/openapi.json` for programs, `/docs` for people, `/problems/{code}` for both."""

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import Response, get
from litestar.response import Redirect

from estafette.web.documents.openapi import openapi
from estafette.web.documents.page import page

_STYLE: Final = Path(__file__).parent / "docs.css"
_CACHE: Final = {"Cache-Control": "no-cache"}

Described = Callable[[], list[Any]]


def document(described: Described) -> str:
    """The OpenAPI document of these handlers as JSON."""
    return msgspec.json.format(msgspec.json.encode(openapi(described())), indent=2).decode()


def documents(described: Described) -> list[Any]:
    """The handlers that show it; nothing is built before somebody asks."""

    @cache
    def built() -> tuple[bytes, bytes]:
        found = openapi(described())
        return msgspec.json.encode(found), page(found).encode()

    @get("/openapi.json", opt={"open": True}, include_in_schema=False)
    async def openapi_json() -> Response[bytes]:
        encoded, _ = await asyncio.to_thread(built)
        return Response(encoded, media_type="application/json", headers=_CACHE)

    @get("/docs", opt={"open": True}, include_in_schema=False)
    async def docs() -> Response[bytes]:
        _, html = await asyncio.to_thread(built)
        return Response(html, media_type="text/html", headers=_CACHE)

    @get("/docs/docs.css", opt={"open": True}, include_in_schema=False, sync_to_thread=False)
    def style() -> Response[bytes]:
        return Response(_STYLE.read_bytes(), media_type="text/css", headers=_CACHE)

    @get("/problems/{code:str}", opt={"open": True}, include_in_schema=False, sync_to_thread=False)
    def problem(code: str) -> Redirect:
        known = code if code.isascii() and code.replace("_", "").isalnum() else ""
        return Redirect(f"/docs#problem-{known}")

    return [openapi_json, docs, style, problem]
