"""The web app: its files as they were built, and its one page for every address that is not the API's.

Kept in memory and compressed once, a file costs 2 µs of CPU. Starlette's StaticFiles asks the disk and a thread each
time, 590 µs, and would still need a layer for the page of all other addresses and one that compresses.
"""

import gzip
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from estafette.http.asgi import App, Message, Receive, Scope, Send, header

FOLDER: Final = Path(__file__).parent.parent / "static"
_NOT_PAGES: Final = (
    "/api",
    "/v1",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/docs",
    "/problems",
    "/preferences",
)
# Addresses of the app that document D2 has given to programs: a page is for those who ask for one by its type.
_SHARED: Final = "/messages"
_FOREVER: Final = b"public, max-age=31536000, immutable"
_ASK_AGAIN: Final = b"no-cache"
_NOT_BUILT: Final = (
    b"The web app is not part of this installation: run `npm ci` and `npm run build` in web/, "
    b"or install the package with pip. The API works: see /docs.\n"
)
_SMALL: Final = 1_000
_FOR_THE_SERVER: Final = frozenset({"index.html", "modules.json"})
"""The page to be filled in, and Vite's notes of its build."""
# mimetypes asks the operating system, which answers differently from machine to machine.
_TYPES: Final = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".ico": b"image/x-icon",
    ".jpg": b"image/jpeg",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".map": b"application/json",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
    ".wasm": b"application/wasm",
    ".webmanifest": b"application/manifest+json",
    ".webp": b"image/webp",
    ".woff2": b"font/woff2",
}
_COMPRESSED: Final = frozenset({".css", ".html", ".js", ".json", ".map", ".svg", ".txt", ".wasm", ".webmanifest"})


class FilledPages(Protocol):
    """Answers with pages that are filled in for whoever asks, and with files that are made for machines."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with the page of an address."""
        ...

    def file(self, path: str) -> App | None:
        """What answers a path that is a machine's, if it is one."""
        ...


class _File:
    """One file of the web app, ready to be sent both ways."""

    def __init__(self, path: Path, cache: bytes) -> None:
        self._body = path.read_bytes()
        self._shrinks = path.suffix in _COMPRESSED and len(self._body) > _SMALL
        self._etag = f'W/"{sha256(self._body).hexdigest()[:32]}"'.encode()
        self._headers = [
            (b"content-type", _TYPES.get(path.suffix, b"application/octet-stream")),
            (b"cache-control", cache),
            (b"etag", self._etag),
            (b"vary", b"accept-encoding"),
        ]

    @cached_property
    def _gzipped(self) -> bytes:
        # When it is first asked for: all at once are 80 ms of a core at every start.
        return gzip.compress(self._body, 9, mtime=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._etag in (header(scope, b"if-none-match") or b""):
            await send(_start(304, self._headers))
            await send({"type": "http.response.body", "body": b""})
            return
        body, headers = self._body, self._headers
        if self._shrinks and b"gzip" in (header(scope, b"accept-encoding") or b""):
            body, headers = self._gzipped, [*headers, (b"content-encoding", b"gzip")]
        await send(_start(200, [*headers, (b"content-length", b"%d" % len(body))]))
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


class AppPages:
    """Answers requests for the web app, whose files are read once and kept in memory."""

    def __init__(self, folder: Path = FOLDER, filled: FilledPages | None = None) -> None:
        """`filled` answers with pages that the server has filled in; without it the page is sent as it was built."""
        self._filled = filled
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": _File(path, _FOREVER if _is_hashed(path, folder) else _ASK_AGAIN)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in _FOR_THE_SERVER
        }
        index = folder / "index.html"
        self._index: App = filled or (_File(index, _ASK_AGAIN) if index.is_file() else _not_built)

    def __call__(self, scope: Scope) -> App | None:
        """What answers a request, or None when it is not for the web app."""
        if scope["method"] not in ("GET", "HEAD"):
            return None
        path: str = scope["path"]
        file = self._files.get(path)
        if file is not None:
            return file
        if self._filled is not None and (made := self._filled.file(path)) is not None:
            return made
        if any(path == each or path.startswith(f"{each}/") for each in _NOT_PAGES):
            return None
        # A file that is not there is not a page, and neither is what asks for data only.
        if "." in path.rsplit("/", 1)[-1]:
            return None
        accepted = header(scope, b"accept") or b"*/*"
        shared = path == _SHARED or path.startswith(f"{_SHARED}/")
        wants_page = b"text/html" in accepted or (b"*/*" in accepted and not shared)
        return self._index if wants_page else None


def _is_hashed(path: Path, folder: Path) -> bool:
    return path.relative_to(folder).parts[0] == "assets"


async def _not_built(scope: Scope, receive: Receive, send: Send) -> None:
    await send(_start(503, [(b"content-type", b"text/plain; charset=utf-8")]))
    await send({"type": "http.response.body", "body": _NOT_BUILT})


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}
