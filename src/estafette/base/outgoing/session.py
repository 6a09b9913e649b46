"""The requests themselves, by aiohttp.

This module alone imports it, when the first `Outgoing` is opened: it reads the certificates of the machine twice, 0.2 s
of a core at the start of every process, of which only workers send requests.
"""

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Final

import aiohttp
from yarl import URL

from estafette import __version__
from estafette.base.outgoing.addresses import NotPublic, OutgoingRefused, public_socket
from estafette.base.outgoing.answers import Answer, NoAnswer, NotConnected

KEPT: Final = 10.0  # seconds a connection is kept for the next request: less than servers commonly keep theirs


class Session:
    """Sends requests over kept connections; to be made in a running loop, and closed."""

    def __init__(self, *, private_addresses: bool, connections: int, answer_limit: int) -> None:
        self._answer_limit = answer_limit
        connector = aiohttp.TCPConnector(
            limit=connections,
            keepalive_timeout=KEPT,
            socket_factory=None if private_addresses else public_socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"User-Agent": f"Estafette/{__version__}", "Accept-Encoding": "identity"},
            trace_configs=[connection_watch()],
        )

    async def close(self) -> None:
        """Closes all connections."""
        await self._session.close()

    async def ask(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], seconds: float
    ) -> Answer:
        """Sends one request and returns its answer; raises OutgoingRefused, NotConnected, NoAnswer."""
        # Set as soon as there is a connection: from then on something may have been sent.
        reached = SimpleNamespace(connected=False)
        try:
            async with asyncio.timeout(seconds):
                return await self._answer(method, url, body, headers, reached)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, NotPublic):
                raise OutgoingRefused("it leads to a private address") from error
            if isinstance(error, aiohttp.InvalidURL):
                raise OutgoingRefused("it is no URL") from error
            raise (NoAnswer if reached.connected else NotConnected)(words(error)) from error

    async def _answer(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], reached: SimpleNamespace
    ) -> Answer:
        # A push endpoint is an opaque string: its percent signs stay as they are.
        request = self._session.request(
            method,
            URL(url, encoded=True),
            data=body,
            headers=headers,
            allow_redirects=False,
            trace_request_ctx=reached,
        )
        async with request as response:
            taken = bytearray()
            async for chunk in response.content.iter_chunked(8192):
                taken += chunk
                if len(taken) >= self._answer_limit:
                    # The rest is not waited for; the connection goes with it.
                    response.close()
                    break
            found = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, found, bytes(taken[: self._answer_limit]))


def connection_watch() -> aiohttp.TraceConfig:
    """Notes on a request's own record when it has got a connection, new or kept."""
    watch = aiohttp.TraceConfig()

    async def connected(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
        context.trace_request_ctx.connected = True

    watch.on_connection_create_end.append(connected)
    watch.on_connection_reuseconn.append(connected)
    return watch


def words(error: Exception) -> str:
    """What went wrong, for people: short, and without the address."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "the host name is not known"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "the certificate is not valid"
    if isinstance(error, aiohttp.ClientConnectorError):
        return (error.os_error.strerror or "the connection failed")[:200]
    return "the connection was lost"
