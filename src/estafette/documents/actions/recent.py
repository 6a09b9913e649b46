"""What was answered within the last minute is not asked again, and what several ask at once is asked once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from estafette.base.clock import Clock

KEPT: Final = timedelta(minutes=1)
MOST: Final = 20_000
"""What the answers of one process may hold together; the oldest make room."""

Found = TypeVar("Found")
Ask = Callable[[Sequence[str]], Awaitable[Mapping[str, Found]]]
"""Answers for each of some things."""


class Recent(Generic[Found]):
    """Recent answers, of each reader apart; failures are not kept."""

    def __init__(self, clock: Clock, most: int = MOST, size: Callable[[Found], int] = lambda _: 1) -> None:
        self._clock, self._most, self._size = clock, most, size
        self._held = 0
        self._kept: OrderedDict[tuple[Hashable, str], tuple[datetime, Found]] = OrderedDict()
        self._asked: dict[tuple[Hashable, str], asyncio.Task[Mapping[str, Found]]] = {}

    async def get(
        self, reader: Hashable, wanted: Sequence[str], ask: "Ask[Found]", *, fresh: bool = False
    ) -> dict[str, Found]:
        """An answer for each of the wanted, by `ask` for those of which none is kept; raises what it raises.

        `fresh`: by a question that begins now.
        """
        now = self._clock.now()
        self._drop_old(now)
        found: dict[str, Found] = {}
        tasks: dict[str, asyncio.Task[Mapping[str, Found]]] = {}
        missing: list[str] = []
        for each in dict.fromkeys(wanted):
            kept, task = self._kept.get((reader, each)), self._asked.get((reader, each))
            if fresh:
                missing.append(each)
            elif kept:
                found[each] = kept[1]
            elif task:
                tasks[each] = task
            else:
                missing.append(each)
        if missing:
            task = asyncio.create_task(self._ask(reader, missing, ask))
            task.add_done_callback(_retrieve)
            for each in missing:
                self._asked[reader, each] = tasks[each] = task
        for each, task in tasks.items():
            # Whoever goes away leaves the question to those who wait for the same.
            found[each] = (await asyncio.shield(task))[each]
        return found

    async def _ask(self, reader: Hashable, wanted: Sequence[str], ask: "Ask[Found]") -> Mapping[str, Found]:
        try:
            answers = await ask(wanted)
            now = self._clock.now()
            for each in wanted:
                self._keep((reader, each), now + KEPT, answers[each])
            self._drop_old(now)
            return answers
        finally:
            this = asyncio.current_task()
            for each in wanted:
                if self._asked.get((reader, each)) is this:
                    del self._asked[reader, each]

    def _keep(self, key: tuple[Hashable, str], until: datetime, answer: Found) -> None:
        if key in self._kept:
            self._held -= self._weight(self._kept.pop(key)[1])
        self._kept[key] = (until, answer)
        self._held += self._weight(answer)

    def _drop_old(self, now: datetime) -> None:
        """The oldest are in front: those whose time is over go, and those for which there is no room."""
        while self._kept:
            key, (until, answer) = next(iter(self._kept.items()))
            if until > now and self._held <= self._most:
                break
            del self._kept[key]
            self._held -= self._weight(answer)

    def _weight(self, answer: Found) -> int:
        # Nothing takes room as well.
        return max(1, self._size(answer))


def _retrieve(task: "asyncio.Task[Mapping[str, Found]]") -> None:
    """Takes note of a failure for which nobody waits any more."""
    if not task.cancelled():
        task.exception()
