"""A browser somewhere else, to which the name of the server leads to the proxy."""

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import asyncpg
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.deploy.certificates import NAME
from tests.deploy.proxies import Proxy

ORIGIN = f"https://{NAME}"
SOMEWHERE = "127.0.0.2"
"""The address from which people come: of this machine, since there is no other, and not that of the proxy."""
PASSWORD = "correct horse battery staple"
Json = dict[str, Any]


class Behind:
    """A server behind a proxy."""

    def __init__(self, proxy: Proxy, dsn: str) -> None:
        self.proxy, self.dsn = proxy, dsn
        self.url = f"https://{NAME}:{proxy.https}"

    @asynccontextmanager
    async def browser(self, address: str = SOMEWHERE) -> AsyncGenerator[aiohttp.ClientSession, None]:
        """One that knows nobody yet; it believes the proxy's certificate alone."""
        connector = aiohttp.TCPConnector(
            resolver=_ToThisMachine(), local_addr=(address, 0), ssl=self.proxy.certificate.believed
        )
        headers = {"Host": NAME, "Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(connector=connector, headers=headers, timeout=timeout) as browser:
            yield browser

    @asynccontextmanager
    async def signed_in(self, name: str) -> AsyncGenerator[tuple[aiohttp.ClientSession, str], None]:
        """The browser of somebody who has just signed up, and the cookie as it was set."""
        email = f"{name}-{self.proxy.program}@example.com"
        async with self.browser() as browser:
            body = {"name": name, "email": email, "password": PASSWORD}
            async with browser.post(f"{self.url}/api/v1/sign-up", json=body) as answer:
                assert answer.status == 201, await answer.text()
                cookies = answer.headers.getall("Set-Cookie")
            yield browser, next(each for each in cookies if "session" in each)

    async def upload(self, browser: aiohttp.ClientSession, size: int) -> tuple[int, Json, str]:
        """Status, body and media type of the answer to a file of this size."""
        sent = bytes(size)
        async with browser.post(f"{self.url}/api/v1/files?name=plan.bin", data=sent) as answer:
            said = await answer.json(content_type=None) if "json" in answer.content_type else {}
            return answer.status, said, answer.content_type

    async def counted_addresses(self) -> set[str]:
        """From where somebody has tried to sign in, as the limits count it."""
        connection = await asyncpg.connect(self.dsn)
        try:
            rows = await connection.fetch("SELECT bucket FROM rate_limits WHERE bucket LIKE 'sign-in:address:%'")
        finally:
            await connection.close()
        return {row["bucket"].removeprefix("sign-in:address:") for row in rows}


class _ToThisMachine(AbstractResolver):
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        pass
