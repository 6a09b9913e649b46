"""What search engines may look at: robots.txt (RFC 9309), and every public address (sitemaps.org)."""

import asyncio
import gzip
import re
from collections.abc import AsyncIterator, Callable
from time import monotonic
from typing import Final
from uuid import UUID

from estafette import accounts
from estafette.base.database import Database
from estafette.web.public_pages.answers import Made

ROBOTS: Final = "/robots.txt"
SITEMAP: Final = "/sitemap.xml"
MOST_ADDRESSES: Final = 50_000
"""In one file, by the protocol."""
_PART: Final = re.compile(r"/sitemap-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.xml")
_XML: Final = b"application/xml; charset=utf-8"
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_BATCH: Final = 2_000
KEPT_SECONDS: Final = 600.0
_KEPT_FILES: Final = 8
# Pages of people, and addresses that carry a secret. What public pages ask for must be open: some who make previews of
# links keep to this file for pictures, too, and those who run scripts for data.
_CLOSED: Final = (
    "/administration/", "/confirm-email/", "/inbox/", "/invitation/", "/keep-email/", "/messages", "/my-files",
    "/notification", "/outbox", "/profile", "/requests", "/reset-password/", "/sessions", "/tokens",
    "/unsubscribe/", "/welcome", "/api/", "/v1/", "/metrics",
)  # fmt: skip
_OPEN: Final = ("/api/v1/files/", "/api/v1/partners", "/api/v1/instance")


def robots(origin: str) -> Made:
    """What crawlers may fetch."""
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in _CLOSED), *(f"Allow: {each}" for each in _OPEN)]
    lines += ["", f"Sitemap: {origin}{SITEMAP}", ""]
    return Made("\n".join(lines).encode(), b"text/plain; charset=utf-8", cache=_HOUR, varies=b"accept-encoding")


_HOUR: Final = b"public, max-age=3600"


class Sitemaps:
    """Makes the files, one at a time and each once in ten minutes: a large one takes half a second of a core."""

    def __init__(self, origin: str, database: Callable[[], Database], most: int = MOST_ADDRESSES) -> None:
        self._origin = origin
        self._database = database
        self._most = most
        self._kept: dict[UUID | None, tuple[float, Made | None]] = {}
        self._making = asyncio.Lock()

    def asked(self, path: str) -> tuple[UUID | None] | None:
        """Which part a path names (None: the first file); None when it is no sitemap."""
        if path == SITEMAP:
            return (None,)
        part = _PART.fullmatch(path)
        return (UUID(part[1]),) if part else None

    async def file(self, part: UUID | None) -> Made | None:
        """The first file, which is an index where one is not enough, or the addresses after a partner's."""
        async with self._making:
            kept = self._kept.get(part)
            if kept is not None and kept[0] > monotonic():
                return kept[1]
            made = await self._make(part)
            while len(self._kept) >= _KEPT_FILES:
                del self._kept[next(iter(self._kept))]
            self._kept[part] = (monotonic() + KEPT_SECONDS, made)
            return made

    async def _make(self, part: UUID | None) -> Made | None:
        # Ahead of the storefronts stand the start page and the directory.
        starts = await accounts.partner_places(self._database(), self._most - 2)
        if part is None and not starts[1:]:
            lines = [self._address("/"), self._address("/partners")]
        elif part is None:
            return await _packed("sitemapindex", [self._file_of(each) for each in starts])
        elif part not in starts:
            return None
        else:
            lines = [self._address("/"), self._address("/partners")] if part == starts[0] else []
        if starts:
            lines += [each async for each in self._storefronts(part or starts[0])]
        return await _packed("urlset", lines)

    async def _storefronts(self, first: UUID) -> AsyncIterator[str]:
        left, including = self._most - 2, True
        while left > 0:
            found = await accounts.partners_from(self._database(), first, min(left, _BATCH), including=including)
            for partner_id, changed_at in found:
                yield self._address(f"/partner/{partner_id}", changed_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
            if len(found) < min(left, _BATCH):
                return
            left, first, including = left - len(found), found[-1][0], False

    def _address(self, path: str, changed: str | None = None) -> str:
        since = f"<lastmod>{changed}</lastmod>" if changed else ""
        return f"<url><loc>{self._origin}{path}</loc>{since}</url>"

    def _file_of(self, start: UUID) -> str:
        return f"<sitemap><loc>{self._origin}/sitemap-{start}.xml</loc></sitemap>"


async def _packed(kind: str, lines: list[str]) -> Made:
    listed = "\n".join(lines)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{_NAMESPACE}">\n{listed}\n</{kind}>\n'.encode()
    compressed = await asyncio.to_thread(gzip.compress, body, 6, mtime=0)
    return Made(body, _XML, cache=_HOUR, varies=b"accept-encoding", compressed=compressed)
