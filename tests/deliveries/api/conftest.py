"""A web process and a dispatcher on one database, and programs of several accounts."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest_asyncio

from estafette import accounts, deliveries
from estafette.accounts import Role, SignedIn
from estafette.base.database import Database
from estafette.base.vault import Vault, open_vault
from estafette.main.transport_environment import transport_environment
from tests.browsers import session_of
from tests.http import WebServer, running
from tests.waiting import PATIENCE, eventually
from tests.world import sign_in

Json = dict[str, Any]


class Program:
    """Somebody with a token."""

    def __init__(self, who: SignedIn, client: httpx.AsyncClient) -> None:
        self.who, self.id, self._client = who, who.person_id, client

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        """Status and JSON; header names are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self._client.request(method, f"/api/v1{path}", headers=sent, json=body)
        return answer.status_code, answer.json() if answer.content else None

    async def raw(self, method: str, path: str, body: bytes) -> httpx.Response:
        """The answer to a body that is sent as it is."""
        headers = {"content-type": "application/json"}
        return await self._client.request(method, f"/api/v1{path}", content=body, headers=headers)

    async def good(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The answer to a request that has to work."""
        status, answer = await self.ask(method, path, body, **headers)
        assert status < 300, answer
        return answer

    async def wrong(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, str]:
        """The wrong fields of a request, each with its code."""
        status, answer = await self.ask(method, path, body, **headers)
        assert status == 422, answer
        assert all(each["message"] and "{" not in each["message"] for each in answer["errors"]), answer
        return {each["field"]: each["code"] for each in answer["errors"]}

    async def sends(self, **changes: object) -> Json:
        """A delivery that was accepted; `from_` for `from`."""
        body: Json = {"channel": "sms", "to": "+33612345678", "text": "Good day"}
        return await self.good("POST", "/deliveries", body | {name.rstrip("_"): x for name, x in changes.items()})

    async def comes_to(self, delivery: Json, *statuses: str) -> Json:
        """The history of a delivery once it has one of these statuses."""
        history: Json = {}

        async def has_come() -> bool:
            nonlocal history
            history = await self.good("GET", f"/deliveries/{delivery['id']}")
            return history["delivery"]["status"] in statuses

        await eventually(has_come, lambda: history["delivery"])
        return history


class Scene:
    """The server, its database, and whoever is needed."""

    def __init__(self, web_server: WebServer, database: Database, robot: Program, root: Program) -> None:
        self.web_server, self.database, self.robot, self.root = web_server, database, robot, root

    @property
    def vault(self) -> Vault:
        return open_vault(self.web_server.settings.data)

    async def program(self, name: str, role: Role = "service", *scopes: accounts.Scope) -> Program:
        """Somebody new."""
        return await program(self.web_server, self.database, name, role, *scopes)

    async def visitor(self, name: str) -> Program:
        """Somebody new, signed in in a browser."""
        return await self.in_browser(await sign_in(self.database, f"{name.lower()}@example.com", name))

    async def in_browser(self, who: SignedIn) -> Program:
        """Somebody who has signed in in a browser, too."""
        secret = f"session of {who.name}"
        await session_of(self.database, who.person_id, secret)
        return Program(who, self.web_server.client(Cookie=f"estafette_session={secret}"))

    async def gateway(self, name: str = "Folder", **more: object) -> Json:
        """A folder gateway for everything."""
        given: Json = {"name": name, "transport": "folder", "channels": ["sms", "mms", "email", "push"]}
        return await self.root.good("POST", "/gateways", given | {"segments_per_second": 1000.0} | more)

    @asynccontextmanager
    async def working(self) -> AsyncGenerator[None, None]:
        """A worker that carries deliveries."""
        stop = asyncio.Event()
        around = transport_environment(self.web_server.settings)
        work = asyncio.create_task(deliveries.run_dispatch(self.database, self.vault, around, stop))
        try:
            yield
        finally:
            stop.set()
            async with asyncio.timeout(PATIENCE):
                await work

    def files(self, gateway: Json | UUID) -> list[Path]:
        """What a folder gateway has written."""
        id_ = gateway["id"] if isinstance(gateway, dict) else gateway
        return sorted((self.web_server.settings.data / "folder-gateway" / str(id_)).glob("*.json"))


async def program(
    web_server: WebServer, database: Database, name: str, role: Role = "service", *scopes: accounts.Scope
) -> Program:
    who = await sign_in(database, f"{name.lower()}@example.com", name, role)
    token = await accounts.create_token(database, who.person_id, "test", scopes or ("read", "write", "admin"))
    return Program(who, web_server.client(token))


@pytest_asyncio.fixture
async def scene(dsn: str, database: Database, tmp_path: Path) -> AsyncGenerator[Scene, None]:
    """A server with a service account and an administrator, and no gateway yet."""
    async with running(dsn, tmp_path) as web_server:
        robot = await program(web_server, database, "Robot")
        root = await program(web_server, database, "Root", "administrator")
        yield Scene(web_server, database, robot, root)
