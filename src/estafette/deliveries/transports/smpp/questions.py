"""Requests that wait for their answers, in the order in which the patience with them ends."""

import asyncio
from collections.abc import Generator
from typing import Final, NamedTuple

from estafette.deliveries.transports.smpp import pdu
from estafette.deliveries.transports.smpp.pdu import Pdu

_LAST_SEQUENCE: Final = 0x7FFF_FFFF


class Missing(NamedTuple):
    """No answer came; `written` says whether the request may have reached the gateway."""

    written: bool
    reason: str


Answer = Pdu | Missing


class Question(NamedTuple):
    """A request of ours."""

    sequence: int
    command: int
    asked_at: float  # on the clock of the loop
    answer: asyncio.Future[Answer]

    def settle(self, answer: Answer) -> None:
        """Tells whoever asked, if they still want to know."""
        if not self.answer.done():
            self.answer.set_result(answer)


class Questions:
    """All requests that are unanswered."""

    def __init__(self, patience: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._patience = patience  # seconds, the same for all, so that the first is the first to expire
        self._open: dict[int, Question] = {}
        self._sequence = 0

    def ask(self, command: int) -> Question:
        """A new request with the next sequence number."""
        self._sequence = self._sequence % _LAST_SEQUENCE + 1
        asked = Question(self._sequence, command, self._loop.time(), self._loop.create_future())
        self._open[asked.sequence] = asked
        return asked

    def answered_by(self, received: Pdu) -> Question | None:
        """The request that this answers, None when it comes too late or to nothing that we have asked."""
        asked = self._open.get(received.sequence)
        if asked is None or received.command not in (asked.command | pdu.RESPONSE, pdu.GENERIC_NACK):
            return None
        return self._open.pop(received.sequence)

    def expired(self) -> Generator[Question, None, None]:
        """Takes off the requests whose time is over."""
        over = self._loop.time() - self._patience
        while self._open:
            first = next(iter(self._open.values()))
            if first.asked_at > over:
                return
            yield self._open.pop(first.sequence)

    def give_up(self) -> list[Question]:
        """Takes off all."""
        left = list(self._open.values())
        self._open.clear()
        return left
