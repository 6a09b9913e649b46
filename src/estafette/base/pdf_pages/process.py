"""Lets pages be drawn elsewhere: never in the process that serves people, and taken in turn."""

import asyncio
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Final

import msgspec
import structlog

from estafette.base.children import child
from estafette.base.fair_queue import FairQueue
from estafette.base.pdf_pages.limits import EXIT_CODES, SECONDS, Reason

AT_ONCE: Final = 2
WAITING: Final = 100

_REASONS: Final[dict[int, Reason]] = {code: reason for reason, code in EXIT_CODES.items()}

_log = structlog.get_logger(__name__)


class PageSize(msgspec.Struct, frozen=True, kw_only=True):
    """How large a page is, in points of 1/72 inch."""

    width: float
    height: float


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """How many pages a document has, and how large the first ones are, at most `MAX_PAGES`."""

    count: int
    sizes: list[PageSize]


class CannotBeDrawn(Exception):
    """The document is broken, encrypted or too costly, or has no such page."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class PdfPages:
    """Draws pages: two at once in this process, one for each person, so that nobody waits for another's crowd."""

    def __init__(self) -> None:
        self._queue = FairQueue(at_once=AT_ONCE, waiting=WAITING)

    async def sizes(self, who: Hashable, read: Callable[[], bytes]) -> Sizes:
        """How many pages there are; raises CannotBeDrawn, TooMany, and Unavailable when no process can be started."""
        answer = await self._ask(who, read, "sizes")
        try:
            return msgspec.json.decode(answer, type=Sizes)
        except msgspec.DecodeError as error:
            raise CannotBeDrawn("too_costly") from error

    async def page(self, who: Hashable, read: Callable[[], bytes], number: int, width: int) -> bytes:
        """A page as WebP, numbered from 1; raises as `sizes` does."""
        return await self._ask(who, read, "page", str(number), str(width))

    async def _ask(self, who: Hashable, read: Callable[[], bytes], *asked: str) -> bytes:
        async with self._queue.turn(who):
            content = await asyncio.to_thread(read)
            answer = b""
            async with child("estafette.base.pdf_pages.child", *asked) as process:
                with suppress(TimeoutError):
                    async with asyncio.timeout(SECONDS):
                        answer, _ = await process.communicate(content)
        if process.returncode or not answer:
            reason = _REASONS.get(process.returncode or -1, "too_costly")
            _log.info("page_not_drawn", size=len(content), code=process.returncode, reason=reason)
            raise CannotBeDrawn(reason)
        return answer
