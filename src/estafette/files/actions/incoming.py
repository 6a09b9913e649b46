"""A body of an upload as it comes: cut into parts, counted, and digested where somebody wants to compare."""

import hashlib
from collections.abc import AsyncIterator
from typing import NamedTuple

from estafette.base.errors import Malformed, Problem


class ChecksumWrong(Exception):
    """What came is not what its checksum says; nothing of it was kept."""


class Checksum(NamedTuple):
    """What a body must give: the name of an algorithm, and its digest."""

    algorithm: str
    digest: bytes


class Incoming:
    """What of a body was `taken` so far, at most `room` bytes; `is_over` once nothing more is taken.

    A sender who goes away ends it like one who is done: `broken` holds why. `too_long`: there was more than room.
    """

    def __init__(self, pieces: AsyncIterator[bytes], room: int, algorithm: str | None = None) -> None:
        self._pieces = pieces
        self._rest = b""
        self._room = room
        self._digest = None if algorithm is None else hashlib.new(algorithm, usedforsecurity=False)
        self.taken = 0
        self.is_over = False
        self.too_long = False
        self.broken: Problem | None = None

    @property
    def digest(self) -> bytes:
        """The digest of all that was taken."""
        return b"" if self._digest is None else self._digest.digest()

    async def has_more(self) -> bool:
        """Whether there is anything to take."""
        while not self._rest and not self.is_over:
            self._rest = await self._next()
        if self._rest and self.taken >= self._room:
            self.too_long = self.is_over = True
        return not self.is_over

    async def part(self, most: int) -> AsyncIterator[bytes]:
        """The next bytes, at most so many."""
        left = most
        while left and not self.is_over:
            piece = self._rest or await self._next()
            now, self._rest = piece[:left], piece[left:]
            if self.taken + len(now) > self._room:
                self.too_long = self.is_over = True
                return
            left -= len(now)
            self.taken += len(now)
            if self._digest is not None:
                self._digest.update(now)
            if now:
                yield now

    async def _next(self) -> bytes:
        try:
            return await anext(self._pieces)
        except StopAsyncIteration:
            self.is_over = True
        except Malformed as error:
            self.is_over, self.broken = True, error
        return b""
