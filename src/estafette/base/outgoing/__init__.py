"""HTTP to addresses that others chose: push services, webhooks. Careful about where it goes and what it takes back.

One `Outgoing` serves a process or a link:

    async with Outgoing() as outgoing:
        answer = await outgoing.post(url, body, {"content-type": "application/json"}, timeout=10)

It follows no redirect, keeps no cookie, asks no proxy, and takes at most `answer_limit` bytes of an answer.
"""

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Final, Self

import aiohttp
import msgspec
from yarl import URL

from estafette import __version__
from estafette.base.outgoing.addresses import NotPublic, OutgoingRefused, check_url, public_socket

__all__ = ["Answer", "NoAnswer", "NotConnected", "Outgoing", "OutgoingRefused", "check_url"]

KEPT: Final = 10.0  # seconds a connection is kept for the next request: less than servers commonly keep theirs


class Answer(msgspec.Struct, frozen=True):
    """What came back: any status, headers by lower-case names, the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NotConnected(Exception):
    """There was no connection, so the request was certainly not sent."""


class NoAnswer(Exception):
    """The request was sent, at least in part, and no answer came: whether it had an effect is not known."""


class Outgoing:
    """Posts to the public internet only, by https only; `private_addresses` lifts both, for closed networks and tests.

    An answer that is longer than `answer_limit` bytes is cut.
    """

    def __init__(self, *, private_addresses: bool = False, connections: int = 100, answer_limit: int = 65_536) -> None:
        self._private_addresses = private_addresses
        self._connections = connections
        self._answer_limit = answer_limit

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=self._connections,
            keepalive_timeout=KEPT,
            socket_factory=None if self._private_addresses else public_socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"User-Agent": f"Estafette/{__version__}", "Accept-Encoding": "identity"},
            trace_configs=[connection_watch()],
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> Answer:  # noqa: ASYNC109 - it decides what the exception says
        """Sends a request and returns its answer, whatever its status, within `timeout` seconds.

        Raises OutgoingRefused when the URL may not be called, NotConnected, and NoAnswer.
        """
        return await self._ask("POST", url, body, headers, timeout)

    async def get(self, url: str, headers: Mapping[str, str], *, timeout: float) -> Answer:  # noqa: ASYNC109 - as above
        """Asks for something, with the same care."""
        return await self._ask("GET", url, None, headers, timeout)

    async def _ask(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], seconds: float
    ) -> Answer:
        check_url(url, private_addresses=self._private_addresses)
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
