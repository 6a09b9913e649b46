"""HTTP to addresses that others chose: push services, webhooks. Careful about where it goes and what it takes back.

One `Outgoing` serves a process or a link:

    async with Outgoing() as outgoing:
        answer = await outgoing.post(url, body, {"content-type": "application/json"}, timeout=10)

It follows no redirect, keeps no cookie, asks no proxy, and takes at most `answer_limit` bytes of an answer.
"""

from collections.abc import Mapping
from typing import Self

from estafette.base.outgoing.addresses import OutgoingRefused, check_url
from estafette.base.outgoing.answers import Answer, NoAnswer, NotConnected

__all__ = ["Answer", "NoAnswer", "NotConnected", "Outgoing", "OutgoingRefused", "check_url"]


class Outgoing:
    """Posts to the public internet only, by https only; `private_addresses` lifts both, for closed networks and tests.

    An answer that is longer than `answer_limit` bytes is cut.
    """

    def __init__(self, *, private_addresses: bool = False, connections: int = 100, answer_limit: int = 65_536) -> None:
        self._private_addresses = private_addresses
        self._connections = connections
        self._answer_limit = answer_limit

    async def __aenter__(self) -> Self:
        from estafette.base.outgoing.session import Session  # which says why here

        self._session = Session(
            private_addresses=self._private_addresses,
            connections=self._connections,
            answer_limit=self._answer_limit,
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
        return await self._session.ask(method, url, body, headers, seconds)
