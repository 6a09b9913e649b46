"""A connection that speaks SMPP: requests and their answers, signs of life, and how it ends."""

import asyncio
import math
from collections.abc import Callable
from typing import Final, cast

from estafette.deliveries.transports.smpp import pdu
from estafette.deliveries.transports.smpp.pdu import Pdu
from estafette.deliveries.transports.smpp.questions import Answer, Missing, Question, Questions
from estafette.deliveries.transports.smpp.window import Window
from estafette.deliveries.transports.smpp.writing import Writer

_DOES_NOT_READ: Final = "The gateway does not read what we write"


class Session(asyncio.Protocol):
    """Nothing in it costs a task or a timer per message; `take` says whether there was room for a receipt."""

    def __init__(
        self, window: Window, response_timeout: float, enquire_every: float, take: Callable[[Pdu], bool]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._window, self._take = window, take
        self._response_timeout, self._enquire_every = response_timeout, enquire_every
        self._frames, self._writer, self._questions = pdu.Frames(), Writer(), Questions(response_timeout)
        self._received_at = self._loop.time()
        self._answered_at = -math.inf
        self._enquired_at: float | None = None
        self._clock: asyncio.TimerHandle | None = None
        self.over: asyncio.Future[str] = self._loop.create_future()

    def ask(self, command: int, body: bytes = b"") -> asyncio.Future[Answer]:
        """Sends a request; what comes is its answer, or why there will be none."""
        asked = self._questions.ask(command)
        if self.over.done():
            self._questions.give_up()
            asked.settle(Missing(False, self.over.result()))
        else:
            self._write(asked.sequence, pdu.framed(command, pdu.OK, asked.sequence, body))
        return asked.answer

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
        unwritten = self._writer.waiting()
        for asked in self._questions.give_up():
            self._settle(asked, Missing(asked.sequence not in unwritten, reason))
        # Answers of ours may still go out.
        self._writer.close(without=unwritten - {0})

    def drop(self) -> None:
        """Lets go of a connection whose other end may not be there to say goodbye to."""
        self._writer.abort()

    # What asyncio tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Starts the clock."""
        self._writer.begin(cast("asyncio.Transport", transport))  # that of uvloop is one without saying so
        self._tick()

    def data_received(self, data: bytes) -> None:
        """Handles all PDUs that are complete."""
        self._received_at, self._enquired_at = self._loop.time(), None
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
        if fault is not None and not self.over.done():
            self._write(0, pdu.framed(pdu.GENERIC_NACK, pdu.INVALID_COMMAND_LENGTH, 0))
            self.end(fault)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whatever is unanswered stays so."""
        self.end(f"The connection was lost: {exc}" if exc else "The gateway has closed the connection")

    def pause_writing(self) -> None:
        """The gateway reads more slowly than we write."""
        self._writer.pause()

    def resume_writing(self) -> None:
        """It has caught up."""
        self._writer.resume()

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
        asked = self._questions.answered_by(received)
        if asked is not None:
            if asked.command == pdu.SUBMIT_SM:
                self._answered_at = self._received_at
            self._settle(asked, received)

    def _settle(self, asked: Question, answer: Answer) -> None:
        if asked.command == pdu.SUBMIT_SM:
            self._window.free(answered=isinstance(answer, Pdu))
        asked.settle(answer)

    def _write(self, sequence: int, octets: bytes) -> None:
        if not self._writer.write(sequence, octets):
            self.end(_DOES_NOT_READ)

    # The clock.

    def _tick(self) -> None:
        # What has come while this process slept was read already: both kinds of loops look at connections first.
        for asked in self._questions.expired():
            written = not self._writer.take_back(asked.sequence)
            self._settle(asked, Missing(written, f"No answer within {self._response_timeout:g} seconds"))
            if asked.command == pdu.SUBMIT_SM and self._answered_at < asked.asked_at:
                self.end("The gateway accepts messages and answers none" if written else _DOES_NOT_READ)
        now = self._loop.time()
        if self._enquired_at is not None and now - self._enquired_at >= self._response_timeout:
            self.end(f"The gateway has said nothing for {now - self._received_at:.0f} seconds")
        if self.over.done():
            self.drop()
            return
        if self._enquired_at is None and now - self._received_at >= self._enquire_every:
            self._enquired_at = now
            self.ask(pdu.ENQUIRE_LINK)
        self._clock = self._loop.call_later(min(1.0, self._response_timeout / 4, self._enquire_every / 4), self._tick)
