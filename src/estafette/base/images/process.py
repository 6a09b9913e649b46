"""Lets pictures be decoded elsewhere: never in the process that serves people, and taken in turn."""

import asyncio
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Final, NamedTuple

import structlog

from estafette.base.children import child
from estafette.base.errors import Unavailable
from estafette.base.fair_queue import FairQueue
from estafette.base.images import answers
from estafette.base.images.answers import Copy, Picture

AT_ONCE: Final = 2
"""Together they take at most twice the memory of one (`child.MEMORY_BYTES`)."""
WAITING: Final = 50
SECONDS: Final = 120
"""The clock on the wall; what a picture may cost is counted in the child (`child.CPU_SECONDS`)."""

_log = structlog.get_logger(__name__)


class Seen(NamedTuple):
    """What was found: the content without private data, and how it looks.

    No content: nothing had to be taken out. No picture: it is broken, too large, or costs too much.
    """

    content: bytes | None
    picture: Picture | None


class Pictures:
    """Looks at pictures: two at once in this process, one of each person, so that nobody waits for another's crowd."""

    def __init__(self) -> None:
        self._queue = FairQueue(at_once=AT_ONCE, waiting=WAITING)

    async def inspect(self, who: Hashable, read: Callable[[], bytes], media_type: str) -> Seen:
        """What is to be kept of a picture, and how it looks.

        `read` is called in a thread once it is the turn of `who`. Raises TooMany when many of theirs wait already, and
        Unavailable when the picture could not be stripped of private data, since then it must not be kept.
        """
        async with self._queue.turn(who):
            content = await asyncio.to_thread(read)
            found = answers.read(await _ask(content, media_type))
        if found is None:
            _log.error("picture_not_stripped", media_type=media_type, size=len(content))
            raise Unavailable
        kept, picture = found
        return Seen(None if kept == content else kept, picture)

    async def copies(self, who: Hashable, content: bytes, media_type: str) -> list[Copy]:
        """Copies of a picture in the widths that are shown; those that were made before it broke or cost too much."""
        async with self._queue.turn(who):
            return answers.read_copies(await _ask(content, media_type, "copies"))


async def _ask(content: bytes, media_type: str, *asked: str) -> bytes:
    answer = b""
    async with child("estafette.base.images.child", media_type, *asked) as process:
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                answer, _ = await process.communicate(content)
    if process.returncode:
        _log.info("picture_not_decoded", media_type=media_type, size=len(content), code=process.returncode)
    return answer
