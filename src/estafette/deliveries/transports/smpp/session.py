"""A connection that speaks SMPP: requests and their answers, signs of life, and how it ends."""

import asyncio
from collections.abc import Callable
from typing import Final, NamedTuple, cast

from estafette.deliveries.transports.smpp import pdu
from estafette.deliveries.transports.smpp.pdu import Pdu
from estafette.deliveries.transports.smpp.window import Window

_LAST_SEQUENCE: Final = 0x7FFF_FFFF
_MOST_UNWRITTEN: Final = 20_000


class Missing(NamedTuple):
    """No answer came; `written` says whether the request may have reached the gateway."""

    written: bool
    reason: str


Answer = Pdu | Missing


class _Asked(NamedTuple):
    answer: asyncio.Future[Answer]
    deadline: float  # on the clock of the loop
    command: int


class Session(asyncio.Protocol):
    """Writes once per turn of the loop and counts answers by one timer, so that a message costs little."""

    def __init__(
        self, window: Window, response_timeout: float, enquire_every: float, take: Callable[[Pdu], bool]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._window, self._take = window, take
        self._response_timeout, self._enquire_every = response_timeout, enquire_every
        self._transport: asyncio.Transport | None = None
        self._frames = pdu.Frames()
        self._asked: dict[int, _Asked] = {}  # in the order of their deadlines
        self._unwritten: list[tuple[int, bytes]] = []
        self._writing_is_due = self._paused = False
        self._sequence = 0
        self._heard_at = self._answered_at = self._loop.time()
        self._enquired_at: float | None = None
        self._clock: asyncio.TimerHandle | None = None
        self.over: asyncio.Future[str] = self._loop.create_future()

    def ask(self, command: int, body: bytes = b"") -> asyncio.Future[Answer]:
        """Sends a request; what comes back is its answer, or why there will be none."""
        answer: asyncio.Future[Answer] = self._loop.create_future()
        if self.over.done():
            answer.set_result(Missing(False, self.over.result()))
            return answer
        self._sequence = self._sequence % _LAST_SEQUENCE + 1
        self._asked[self._sequence] = _Asked(answer, self._loop.time() + self._response_timeout, command)
        self._write(self._sequence, pdu.framed(command, 0, self._sequence, body))
        return answer

    def reply(self, request: Pdu, status: int = pdu.OK, body: bytes = b"") -> None:
        """Answers a request of the gateway; nothing happens when it is gone."""
        self._write(0, pdu.framed(request.command | pdu.RESPONSE, status, request.sequence, body))

    def end(self, reason: str) -> None:
        """Ends the connection; whatever is unanswered stays so."""
        if self.over.done():
            return
        self.over.set_result(reason)
        self._window.close()
        if self._clock is not None:
            self._clock.cancel()
        unwritten = {sequence for sequence, _ in self._unwritten}
        for sequence, asked in self._asked.items():
            self._settle(asked, Missing(sequence not in unwritten, reason))
        # Answers may still go out, new messages not.
        kept = b"".join(octets for sequence, octets in self._unwritten if sequence not in self._asked)
        self._asked.clear()
        self._unwritten.clear()
        if self._transport is not None:
            if kept and not self._transport.is_closing():
                self._transport.write(kept)
            self._transport.close()

    def drop(self) -> None:
        """Lets go of a connection whose other end may not be there to say goodbye to."""
        if self._transport is not None:
            self._transport.abort()

    # What asyncio tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Starts the clock."""
        self._transport = cast("asyncio.Transport", transport)  # that of uvloop is one without saying so
        self._tick()

    def data_received(self, data: bytes) -> None:
        """Handles all PDUs that are complete."""
        self._heard_at, self._enquired_at = self._loop.time(), None
        arrived: list[Pdu] = []
        fault: str | None = None
        try:
            self._frames.feed(data, arrived)
        except pdu.Malformed as malformed:
            fault = f"The gateway has sent {malformed}"
        for each in arrived:
            # After the end nothing is taken: a receipt that we could not answer any more comes again.
            if not self.over.done():
                self._handle(each)
        if fault is not None:
            self._write(0, pdu.framed(pdu.GENERIC_NACK, pdu.INVALID_COMMAND_LENGTH, 0))
            self.end(fault)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whatever is unanswered stays so."""
        self.end(f"The connection was lost: {exc}" if exc else "The gateway has closed the connection")

    def pause_writing(self) -> None:
        """The gateway reads slower than we write."""
        self._paused = True

    def resume_writing(self) -> None:
        """It has caught up."""
        self._paused = False
        self._flush()

    # The protocol.

    def _handle(self, received: Pdu) -> None:
        command = received.command
        if command & pdu.RESPONSE:
            self._answered(received)
        elif command in (pdu.DELIVER_SM, pdu.DATA_SM):
            if not self._take(received):
                self.reply(received, pdu.TEMPORARY_TROUBLE, b"\0")
        elif command == pdu.ENQUIRE_LINK:
            self.reply(received)
        elif command == pdu.UNBIND:
            self.reply(received)
            self.end("The gateway has ended the session")
        elif command not in (pdu.ALERT_NOTIFICATION, pdu.OUTBIND):
            self._write(0, pdu.framed(pdu.GENERIC_NACK, pdu.INVALID_COMMAND, received.sequence))

    def _answered(self, received: Pdu) -> None:
        asked = self._asked.get(received.sequence)
        if asked is None or received.command not in (asked.command | pdu.RESPONSE, pdu.GENERIC_NACK):
            return  # too late, or to nothing that we have asked
        del self._asked[received.sequence]
        if asked.command == pdu.SUBMIT_SM:
            self._answered_at = self._heard_at
        self._settle(asked, received)

    def _settle(self, asked: _Asked, answer: Answer) -> None:
        if asked.command == pdu.SUBMIT_SM:
            self._window.free(answered=isinstance(answer, Pdu))
        if not asked.answer.done():  # whoever asked may have gone
            asked.answer.set_result(answer)

    def _write(self, sequence: int, octets: bytes) -> None:
        if len(self._unwritten) >= _MOST_UNWRITTEN:
            self.end("The gateway does not read what we write")
            return
        self._unwritten.append((sequence, octets))
        if not self._writing_is_due:
            self._writing_is_due = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._writing_is_due = False
        if self._transport is None or self._paused or not self._unwritten:
            return
        octets = b"".join(octets for _, octets in self._unwritten)
        self._unwritten.clear()
        self._transport.write(octets)

    # The clock.

    def _tick(self) -> None:
        now = self._loop.time()
        self._give_up_waiting(now)
        if self.over.done():
            return
        if self._enquired_at is not None and now - self._enquired_at >= self._response_timeout:
            self.end(f"The gateway has said nothing for {now - self._heard_at:.0f} seconds")
            self.drop()
            return
        if self._enquired_at is None and now - self._heard_at >= self._enquire_every:
            self._enquired_at = now
            self.ask(pdu.ENQUIRE_LINK)
        self._clock = self._loop.call_later(min(1.0, self._response_timeout / 4, self._enquire_every / 4), self._tick)

    def _give_up_waiting(self, now: float) -> None:
        while self._asked:
            sequence, asked = next(iter(self._asked.items()))
            if asked.deadline > now:
                return
            del self._asked[sequence]
            written = all(waiting != sequence for waiting, _ in self._unwritten)
            self._unwritten = [each for each in self._unwritten if each[0] != sequence]
            reason = f"No answer within {self._response_timeout:g} seconds"
            self._settle(asked, Missing(written, reason))
            if asked.command == pdu.SUBMIT_SM and self._answered_at <= asked.deadline - self._response_timeout:
                self.end("The gateway accepts messages and answers none")
