"""The pages that strangers see, filled in by the server: landing, directory and storefronts.

What a search engine, the preview of a link or a first visitor needs stands in the first answer. All other pages of the
web app get their language, and whether anybody may be signed in.
"""

import gzip
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from estafette import accounts, contact_requests, files
from estafette.base.database import Database
from estafette.base.errors import NotFound, Unavailable
from estafette.base.languages import Language
from estafette.base.settings import Settings
from estafette.http.asgi import App, Receive, Scope, Send
from estafette.web.identity import cookie
from estafette.web.public_pages import bodies, manifest, sitemap, structured, texts
from estafette.web.public_pages.answers import Made, send_made
from estafette.web.public_pages.first_answers import ADVERTS, first_answers
from estafette.web.public_pages.heads import NAME, Head, head, mark, preview, summary, unlisted
from estafette.web.public_pages.language import language_of
from estafette.web.public_pages.modules import DIRECTORY, LANDING, STOREFRONT, own_modules, public_modules
from estafette.web.public_pages.template import Page, Template

_STOREFRONTS: Final = "/partner/"
PARTNERS: Final = 50
"""As many as the list gives at first."""

Tell = Callable[[Database], Awaitable[Any]]
"""What anybody may know of the installation."""


class PublicPages:
    """Answers every address that shows a page, and the few files that are made for machines."""

    def __init__(
        self, folder: Path, settings: Settings, database: Callable[[], Database], tell: Tell, session_cookie: str
    ) -> None:
        self._template = Template(folder)
        self._origin = settings.origin
        self._database = database
        self._tell = tell
        self._session_cookie = session_cookie.encode()
        self._sitemaps = sitemap.Sitemaps(settings.origin, database)
        self._others: dict[tuple[Language, tuple[str, ...]], Made] = {}

    def file(self, path: str) -> App | None:
        """What answers a path that is a machine's, if it is one."""
        if path == manifest.PATH:
            return self._send_manifest
        if path == sitemap.ROBOTS:
            return self._send_robots
        return self._send_sitemap if self._sitemaps.asked(path) else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with the page of an address."""
        language = language_of(scope)
        stranger = cookie(scope, self._session_cookie) is None
        try:
            made = await self._made(scope["path"], language, stranger=stranger)
        except (Unavailable, ConnectionError):
            # The web app says so itself, and goes on by itself when there is an answer again.
            made = self._other(scope["path"], language, stranger=stranger)._replace(
                status=HTTPStatus.SERVICE_UNAVAILABLE
            )
        await send_made(made, scope, send)

    async def _made(self, path: str, language: Language, *, stranger: bool) -> Made:
        if path == "/":
            page = await self._landing(language, stranger=stranger)
        elif path.rstrip("/") == "/partners":
            page = await self._directory(language, stranger=stranger)
        elif path.startswith(_STOREFRONTS) and "/" not in (named := path.removeprefix(_STOREFRONTS).rstrip("/")):
            try:
                page = await self._storefront(named, language, stranger=stranger)
            except (NotFound, ValueError):
                return self._missing(language, stranger=stranger)
        else:
            return self._other(path, language, stranger=stranger)
        return Made(self._template.filled(page))

    async def _landing(self, language: Language, *, stranger: bool) -> Page:
        database = self._database()
        told = await self._tell(database)
        found = await accounts.list_partners(database, None, None, PARTNERS)
        text = texts.TEXT.say(language)
        address = f"{self._origin}/"
        about = Head(language, texts.TITLE.say(language), text, address, picture=mark(self._origin))
        return Page(
            language,
            head(about, structured.site(self._origin, NAME, text)),
            # A new server goes on to its first steps, somebody who is signed in to the own pages.
            bodies.landing(language, found.items) if stranger and not told.setup_needed else "",
            first_answers({"/instance": told, "/partners": found}, stranger=stranger),
            public_modules(LANDING, stranger=stranger),
        )

    async def _directory(self, language: Language, *, stranger: bool) -> Page:
        found = await accounts.list_partners(self._database(), None, None, PARTNERS)
        about = Head(
            language,
            texts.DIRECTORY.say(language),
            texts.DIRECTORY_TEXT.say(language),
            f"{self._origin}/partners",
            picture=mark(self._origin),
        )
        return Page(
            language,
            head(about, structured.listing(self._origin, found.items)),
            bodies.directory(language, found.items) if stranger else "",
            first_answers({"/partners": found}, stranger=stranger),
            public_modules(DIRECTORY, stranger=stranger),
        )

    async def _storefront(self, named: str, language: Language, *, stranger: bool) -> Page:
        """Raises NotFound, and ValueError for what is no id."""
        database, partner_id = self._database(), UUID(named)
        partner = await accounts.partner(database, partner_id)
        adverts = await contact_requests.list_adverts(database, None, partner_id, limit=ADVERTS)
        shown = partner.cover or partner.picture
        described = await files.describe(database, [shown] if shown else [])
        about = Head(
            language,
            partner.name,
            summary(partner, language),
            f"{self._origin}{_STOREFRONTS}{partner.id}",
            kind="profile",
            picture=preview(self._origin, partner, described),
        )
        asked = f"/partners/{named}"
        return Page(
            language,
            head(about, structured.organisation(self._origin, partner, about.text, adverts.items)),
            bodies.storefront(language, partner, adverts.items) if stranger else "",
            first_answers({asked: partner, f"{asked}/adverts?limit={ADVERTS}": adverts}, stranger=stranger),
            public_modules(STOREFRONT, stranger=stranger),
        )

    def _missing(self, language: Language, *, stranger: bool) -> Made:
        page = Page(
            language,
            unlisted(texts.NO_STOREFRONT.say(language)),
            bodies.no_storefront(language) if stranger else "",
            first_answers({}, stranger=stranger),
            public_modules(STOREFRONT, stranger=stranger),
        )
        return Made(self._template.filled(page), status=HTTPStatus.NOT_FOUND)

    def _other(self, path: str, language: Language, *, stranger: bool) -> Made:
        """A page of people, which the web app fills; of the address only the kind of page is known."""
        # Strangers are led to the sign-in from here.
        modules = () if stranger else own_modules(path)
        made = self._others.get((language, modules))
        if made is None:
            page = Page(language, unlisted(), data=first_answers({}, stranger=stranger), modules=modules)
            body = self._template.filled(page)
            made = self._others[(language, modules)] = Made(body, compressed=gzip.compress(body, 9, mtime=0))
        return made

    async def _send_manifest(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = manifest.manifest(NAME, language_of(scope))
        await send_made(Made(body, b"application/manifest+json"), scope, send)

    async def _send_robots(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send_made(sitemap.robots(self._origin), scope, send)

    async def _send_sitemap(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = self._sitemaps.asked(scope["path"])
        try:
            made = await self._sitemaps.file(asked[0]) if asked else None
        except (Unavailable, ConnectionError):
            made = Made(b"", b"text/plain", HTTPStatus.SERVICE_UNAVAILABLE, b"no-store")
        await send_made(made or Made(b"", b"text/plain", HTTPStatus.NOT_FOUND, b"no-store"), scope, send)
