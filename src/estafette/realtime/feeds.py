"""From hints to frames: one read serves everybody who follows, and nothing is read that nobody follows."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

import msgspec
import structlog

from estafette.base.changes import Hint
from estafette.base.database import DATABASE_IS_AWAY
from estafette.realtime import frames
from estafette.realtime.subscribers import Subscribers

Span = tuple[UUID, int, int, tuple[UUID, ...]]
Frame = tuple[UUID, int, bytes]
"""A stream, the number to which its frame leads, and the frame; a long span comes as several."""
Reader = Callable[[Sequence[Span]], Awaitable[Sequence[Frame]]]

# A stream that was quiet for long is forgotten; its next hint says where it begins.
REMEMBERED_STREAMS: Final = 50_000
# A frame is for those who are up to date; whoever misses more than this asks for it.
MAX_SPAN: Final = 200
# Between two attempts to read while the database is away.
PAUSE_SECONDS: Final = 0.25

_log = structlog.get_logger(__name__)


class Feeds:
    """Reads the streams that moved, all of them in one call a feed, and tells their followers."""

    def __init__(self, readers: Mapping[str, Reader], subscribers: Subscribers) -> None:
        self._readers = readers
        self._subscribers = subscribers
        self._positions: OrderedDict[UUID, int] = OrderedDict()
        self._spans: dict[str, dict[UUID, Span]] = {}
        self._moved = asyncio.Event()

    def on_hint(self, data: msgspec.Raw) -> None:
        """Notes from a hint that a stream has moved, if anybody here follows it."""
        hint = msgspec.json.decode(data, type=Hint)
        if hint.feed not in self._readers or not self._subscribers.any_of(hint.topics):
            # It is not read, and where it stands is no longer known.
            self._positions.pop(hint.stream, None)
            return
        self._want(hint.feed, (hint.stream, hint.after, hint.until, hint.topics))

    def forget_positions(self) -> None:
        """Begins anew with each stream's next hint."""
        self._positions.clear()

    async def keep_reading(self) -> None:
        """Reads what has moved until cancelled; what could not be read is read later."""
        while True:
            await self._moved.wait()
            self._moved.clear()
            waiting, self._spans = self._spans, {}
            failed = False
            for feed, spans in waiting.items():
                try:
                    await self._read(feed, [*spans.values()])
                except DATABASE_IS_AWAY as error:
                    failed = True
                    _log.warning("live changes not read", feed=feed, reason=type(error).__name__)
                    for span in spans.values():
                        self._want(feed, span)
                except Exception:
                    await self._read_apart(feed, [*spans.values()])
            if failed:
                await asyncio.sleep(PAUSE_SECONDS)

    def _want(self, feed: str, span: Span) -> None:
        spans = self._spans.setdefault(feed, {})
        stream, after, until, topics = span
        known = spans.get(stream)
        if known is not None:
            after, until = min(known[1], after), max(known[2], until)
        spans[stream] = (stream, after, until, topics)
        self._moved.set()

    async def _read(self, feed: str, spans: Sequence[Span]) -> None:
        wanted = [
            span for span in map(self._unread_part, spans) if span is not None and self._subscribers.any_of(span[3])
        ]
        if not wanted:
            return
        topics = {span[0]: span[3] for span in wanted}
        for stream, until, frame in await self._readers[feed](wanted):
            # As far as was really read: a hint may promise what was never committed.
            self._remember(stream, until)
            self._subscribers.tell(topics[stream], frames.Frame(frame.decode()))
            # Between large frames the connections may write.
            await asyncio.sleep(0)

    async def _read_apart(self, feed: str, spans: Sequence[Span]) -> None:
        """One stream that cannot be read must not stop the others; its readers will see a gap."""
        for span in spans:
            try:
                await self._read(feed, [span])
            except Exception:
                _log.exception("live changes given up", feed=feed, stream=str(span[0]))
                self._positions.pop(span[0], None)

    def _unread_part(self, span: Span) -> Span | None:
        stream, after, until, topics = span
        position = self._positions.get(stream)
        if position is not None:
            # What a lost hint skipped is read along; what was sent already is not sent again.
            after = position
        if until <= after:
            return None
        return stream, max(after, until - MAX_SPAN), until, topics

    def _remember(self, stream: UUID, until: int) -> None:
        self._positions[stream] = until
        self._positions.move_to_end(stream)
        if len(self._positions) > REMEMBERED_STREAMS:
            self._positions.popitem(last=False)
