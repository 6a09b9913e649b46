"""What was answered within the last minute is not asked again, and what several ask at once is asked once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from estafette.base.clock import Clock

KEPT: Final = timedelta(minutes=1)
MOST: Final = 20_000
"""Answers of one process; the oldest make room."""

Found = TypeVar("Found")
Ask = Callable[[Sequence[str]], Awaitable[Mapping[str, Found]]]
"""Answers for each of some things."""


class Recent(Generic[Found]):
    """Recent answers, of each reader apart; failures are not kept."""

    def __init__(self, clock: Clock, most: int = MOST) -> None:
        self._clock, self._most = clock, most
        self._kept: OrderedDict[tuple[Hashable, str], tuple[datetime, Found]] = OrderedDict()
        self._asked: dict[tuple[Hashable, str], asyncio.Task[Mapping[str, Found]]] = {}

    async def get(
        self, reader: Hashable, wanted: Sequence[str], ask: "Ask[Found]", *, fresh: bool = False
    ) -> dict[str, Found]:
        """An answer for each of the wanted, by `ask` for those of which none is kept; raises what it raises.

        `fresh`: by a question that begins now.
        """
        now = self._clock.now()
        found: dict[str, Found] = {}
        tasks: dict[str, asyncio.Task[Mapping[str, Found]]] = {}
        missing: list[str] = []
        for each in dict.fromkeys(wanted):
            kept, task = self._kept.get((reader, each)), self._asked.get((reader, each))
            if fresh:
                missing.append(each)
            elif kept and kept[0] > now:
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
            until = self._clock.now() + KEPT
            for each in wanted:
                self._kept[reader, each] = (until, answers[each])
                self._kept.move_to_end((reader, each))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return answers
        finally:
            this = asyncio.current_task()
            for each in wanted:
                if self._asked.get((reader, each)) is this:
                    del self._asked[reader, each]


def _retrieve(task: "asyncio.Task[Mapping[str, Found]]") -> None:
    """Takes note of a failure for which nobody waits any more."""
    if not task.cancelled():
        task.exception()
