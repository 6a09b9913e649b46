"""Browsers at a push service that counts what comes for each, as the push services of the world do."""

import asyncio
from collections import Counter

from aiohttp import web

from estafette.base.database import Database
from estafette.base.languages import Language
from estafette.deliveries.models.broadcasts import NEWS
from estafette.deliveries.store import broadcast_subscriptions
from tests.deliveries.web_push.browsers import Browser, verified


class Audience:
    """All have one key, so that many are made at once; each has an address of its own."""

    def __init__(self) -> None:
        self.browser = Browser()
        self.came: Counter[str] = Counter()
        self.read: dict[str, str] = {}
        """What each was told, by the last part of its address."""
        self.answers: dict[str, list[web.Response]] = {}
        """What is answered for an address, one after another; then 201."""
        self.open = asyncio.Event()
        self.open.set()
        self.holds_after: int | None = None
        """After so many nobody is answered until it is open again."""

    async def take(self, request: web.Request) -> web.StreamResponse:
        """A push service: reads what came and answers."""
        name = request.path.rsplit("/", 1)[-1]
        body = await request.read()
        verified(request.headers["Authorization"])
        self.came[name] += 1
        self.read[name] = self.browser.read(body)["title"]
        if self.holds_after is not None and self.came.total() >= self.holds_after:
            self.open.clear()
            self.holds_after = None
        await self.open.wait()
        waiting = self.answers.get(name)
        return waiting.pop(0) if waiting else web.Response(status=201)

    async def subscribe(self, database: Database, url: str, names: list[str], language: Language = "en") -> None:
        """Browsers with these names."""
        async with database.transaction() as transaction:
            for name in names:
                given = self.browser.subscription(f"{url}/{name}")
                await broadcast_subscriptions.put(transaction, NEWS, given, language, transaction.clock.now())
