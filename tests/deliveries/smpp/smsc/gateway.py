"""What all links of the gateway share: the log, the receipts that are owed, and how it behaves."""

import argparse
import asyncio
import os
import random
import time
from collections import deque
from typing import NamedTuple, Protocol

THROTTLED, QUEUE_FULL, BAD_DESTINATION = 0x58, 0x14, 0x0B


class Owed(NamedTuple):
    """A receipt that somebody is still to be told."""

    due: float
    message_id: str
    source: str
    destination: str
    state: str


class Batch(NamedTuple):
    """What a link has accepted: the answers, what the log says of it, and the receipts that follow."""

    answers: list[bytes]
    lines: list[bytes]
    owed: list[Owed]


class Link(Protocol):
    """What the gateway needs of a link."""

    bound: bool
    told: dict[int, Owed]

    def take(self) -> Batch: ...
    def send(self, answers: list[bytes]) -> None: ...
    def tell(self, owed: list[Owed]) -> None: ...


class Gateway:
    """Accepts, remembers and reports."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.chance = random.Random(options.seed)
        self.log = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.links: set[Link] = set()
        self.owed: deque[Owed] = deque()
        self.accepted = self.refused = self.acknowledged = 0
        self._first_id = int(time.time()) << 24
        self._this_second = (0, 0)
        self._due: list[Link] = []
        self._storing: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._later: asyncio.TimerHandle | None = None

    def next_id(self) -> str:
        self.accepted += 1
        return str(self._first_id + self.accepted)

    def happens(self, fraction: float) -> bool:
        return fraction > 0 and self.chance.random() < fraction

    def verdict(self, destination: str) -> int:
        """The status that a message gets."""
        second, count = self._this_second
        now = int(time.monotonic())
        self._this_second = (now, count + 1 if now == second else 1)
        if self.options.rate and self._this_second[1] > self.options.rate:
            return THROTTLED
        if self.happens(self.options.throttled):
            return THROTTLED
        if self.happens(self.options.full):
            return QUEUE_FULL
        return BAD_DESTINATION if destination.endswith(self.options.bad_suffix) else 0

    def store(self, session: Link) -> None:
        """Has what a link accepted written and then answered; what comes meanwhile goes with the next batch."""
        self._due.append(session)
        if self._storing is None:
            self._storing = asyncio.get_running_loop().create_task(self._store())

    async def _store(self) -> None:
        while self._due:
            due, self._due = self._due, []
            batches = [session.take() for session in due]
            lines = b"".join(line for batch in batches for line in batch.lines)
            if self.options.unsafe:
                os.write(self.log, lines)
            else:
                await asyncio.to_thread(self._write, lines)
            for session, batch in zip(due, batches, strict=True):
                session.send(batch.answers)
                self.owed.extend(batch.owed)
            self.report()
        self._storing = None

    def _write(self, lines: bytes) -> None:
        os.write(self.log, lines)
        os.fdatasync(self.log)

    def report(self) -> None:
        """Hands out the receipts that are due to whoever is there and has room, round about; the rest when it is due.

        To be called whenever more is owed, or somebody has come or has more room.
        """
        now = self._loop.time()
        while self.owed and self.owed[0].due <= now:
            open_ones = [each for each in self.links if each.bound and len(each.told) < self.options.deliver_window]
            if not open_ones:
                return
            for session in open_ones:
                session.tell([self.owed.popleft() for _ in range(min(50, self._ready(now)))])
        if self.owed and self._later is None:
            self._later = self._loop.call_at(self.owed[0].due, self._report_later)

    def _report_later(self) -> None:
        self._later = None
        self.report()

    def _ready(self, now: float) -> int:
        count = 0
        for each in self.owed:
            if each.due > now or count == 50:
                break
            count += 1
        return count
