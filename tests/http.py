"""The whole server inside the test: HTTP without a socket, for tests that speak to it as a browser or program would."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from estafette.base.settings import Settings
from estafette.main.serving import web_app

ORIGIN = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery staple"


class WebServer:
    """A running web process."""

    def __init__(self, app: Any, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    def client(
        self, token: str | None = None, *, address: str = "127.0.0.1", origin: str | None = ORIGIN, **headers: str
    ) -> httpx.AsyncClient:
        """A browser that keeps its cookies, or a program with a bearer token."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            given["Authorization"] = f"Bearer {token}"
        elif origin is not None:
            given["Origin"] = origin
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 50_000))
        return httpx.AsyncClient(transport=transport, base_url=self.settings.origin, headers=given, timeout=30)

    async def sign_up(self, name: str = "Ann", email: str = "ann@example.com", **more: Any) -> httpx.AsyncClient:
        """The browser of somebody who has just signed up."""
        browser = self.client()
        answer = await browser.post(
            "/api/v1/sign-up", json={"name": name, "email": email, "password": PASSWORD, **more}
        )
        assert answer.status_code == 201, answer.text
        return browser


@asynccontextmanager
async def running(dsn: str, folder: Path, **settings: Any) -> AsyncGenerator[WebServer, None]:
    """A web process on a database, with its files in a folder."""
    chosen = Settings(data=folder, **settings)
    app: Any = web_app(chosen, dsn)
    come: asyncio.Queue[Any] = asyncio.Queue()
    gone: asyncio.Queue[Any] = asyncio.Queue()
    life = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, come.get, gone.put))
    await come.put({"type": "lifespan.startup"})
    started = await gone.get()
    assert started["type"] == "lifespan.startup.complete", started.get("message")
    try:
        yield WebServer(app, chosen)
    finally:
        await come.put({"type": "lifespan.shutdown"})
        await gone.get()
        await life
