"""Looks up who shows a credential, for few requests of one address at a time.

A credential must be looked up before it can be told from a made-up one, so this cannot be refused to an address by how
much it asks for: after a restart everybody behind it is unknown, and all of them come at once. It can be had in turn.
Then made-up credentials let their own neighbours wait, and nobody else: of one address no more than a handful of
statements wait for the database, and one where strangers have used up what they may.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from estafette.accounts import SignedIn
from estafette.web.errors import TooManyRequests
from estafette.web.identity import Credential, Identities

AT_ONCE: Final = 4
"""Of one address; a web process has ten connections to the database."""
AT_ONCE_IN_DOUBT: Final = 1
"""Of an address whose strangers have gone too far."""
MOST_WAITING: Final = 5_000
"""Of one address. Without a proxy in front there are never as many (`peers.MOST_CONNECTIONS`)."""
RETRY_SECONDS: Final = 5


class _Lane:
    def __init__(self, at_once: int) -> None:
        self.free = asyncio.Semaphore(at_once)
        self.inside = 0


class LookUps:
    """Recognises those of one address in turn."""

    def __init__(self, identities: Identities) -> None:
        self._identities = identities
        self._lanes: dict[tuple[str, bool], _Lane] = {}

    async def recognise(self, shown: Credential, where: str, *, in_doubt: bool) -> SignedIn | None:
        """Who shows this credential; None when nobody does. Raises TooManyRequests when too many wait already."""
        async with self._turn((where, in_doubt)):
            # Whoever waited for the same one has remembered it by now.
            return await self._identities.recognise(shown)

    @asynccontextmanager
    async def _turn(self, who: tuple[str, bool]) -> AsyncGenerator[None, None]:
        lane = self._lanes.get(who)
        if lane is None:
            lane = self._lanes[who] = _Lane(AT_ONCE_IN_DOUBT if who[1] else AT_ONCE)
        if lane.inside >= MOST_WAITING:
            raise TooManyRequests(retry_after=RETRY_SECONDS)
        lane.inside += 1
        try:
            async with lane.free:
                yield
        finally:
            lane.inside -= 1
            if not lane.inside:
                del self._lanes[who]
