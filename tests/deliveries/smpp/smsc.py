"""A gateway that can be told to misbehave: python -m tests.deliveries.smpp.smsc PORT LOGFILE [options]

Every message that it accepts is a JSON line in LOGFILE, on the disk before it is answered:
{"id", "source", "destination", "esm_class", "data_coding", "parts", "part", "text"}. It owes a receipt for each until
the other side has acknowledged one, across links. It knows nothing of our client's code. It prints "ready" when it
listens.
"""

import argparse
import asyncio
import os
import random
import struct
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

HEADER = struct.Struct(">IIII")
BIND, BIND_RESPONSES = {1, 2, 9}, 0x80000000
SUBMIT, DELIVER_RESPONSE, ENQUIRE, UNBIND = 4, 0x80000005, 0x15, 6
THROTTLED, QUEUE_FULL, BAD_DESTINATION = 0x58, 0x14, 0x0B


class Owed(NamedTuple):
    """A receipt that somebody is still to be told."""

    due: float
    message_id: str
    source: str
    destination: str
    state: str


class Gateway:
    """What all links share: the log, the receipts that are owed, and how it behaves."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.chance = random.Random(options.seed)
        self.log = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.links: set[Session] = set()
        self.owed: deque[Owed] = deque()
        self.accepted = self.refused = self.acknowledged = 0
        self._first_id = int(time.time()) << 24
        self._this_second = (0, 0)
        self._due: list[Session] = []
        self._storing: asyncio.Task[None] | None = None

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

    def store(self, session: "Session") -> None:
        """Has what a link accepted written and then answered; what comes meanwhile goes with the next batch."""
        self._due.append(session)
        if self._storing is None:
            self._storing = asyncio.get_running_loop().create_task(self._store())

    async def _store(self) -> None:
        while self._due:
            due, self._due = self._due, []
            batches = [session.take() for session in due]
            lines = b"".join(line for _, lines in batches for line in lines)
            if self.options.unsafe:
                os.write(self.log, lines)
            else:
                await asyncio.to_thread(self._write, lines)
            for session, (answers, _) in zip(due, batches, strict=True):
                session.send(answers)
        self._storing = None

    def _write(self, lines: bytes) -> None:
        os.write(self.log, lines)
        os.fdatasync(self.log)

    async def report(self) -> None:
        """Hands out the receipts that are due to whoever is there, round about."""
        while True:
            await asyncio.sleep(0.02)
            now = time.monotonic()
            bound = [each for each in self.links if each.bound]
            while bound and self.owed and self.owed[0].due <= now:
                open_ones = [each for each in bound if len(each.told) < self.options.deliver_window]
                if not open_ones:
                    break
                for session in open_ones:
                    session.tell([self.owed.popleft() for _ in range(min(50, self._ready(now)))])

    def _ready(self, now: float) -> int:
        count = 0
        for each in self.owed:
            if each.due > now or count == 50:
                break
            count += 1
        return count


class Session(asyncio.Protocol):
    """One link."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway, self.options = gateway, gateway.options
        self.bound = False
        self.told: dict[int, Owed] = {}
        self.sequence = 0
        self.rest = b""
        self.answers: list[bytes] = []
        self.lines: list[bytes] = []
        self.waiting = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.gateway.links.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.gateway.links.discard(self)
        # What was told and not acknowledged is told again.
        self.gateway.owed.extendleft(self.told.values())
        self.told.clear()

    def data_received(self, data: bytes) -> None:
        data = self.rest + data if self.rest else data
        at, end = 0, len(data)
        out: list[bytes] = []
        while end - at >= 16:
            length, command, status, sequence = HEADER.unpack_from(data, at)
            if end - at < length:
                break
            if command == SUBMIT:
                self.submitted(sequence, data[at + 16 : at + length], out)
            else:
                self.heard(command, status, sequence, out)
            at += length
        self.rest = data[at:]
        if out:
            self.transport.write(b"".join(out))
        if self.answers and not self.waiting:
            self.waiting = True
            self.gateway.store(self)

    def heard(self, command: int, status: int, sequence: int, out: list[bytes]) -> None:
        if command in BIND:
            refused = 0x0E if self.options.refuse_binds else 0
            out.append(HEADER.pack(21, command | BIND_RESPONSES, refused, sequence) + b"smsc\0")
            self.bound = not refused
        elif command == ENQUIRE:
            out.append(HEADER.pack(16, ENQUIRE | BIND_RESPONSES, 0, sequence))
        elif command == UNBIND:
            out.append(HEADER.pack(16, UNBIND | BIND_RESPONSES, 0, sequence))
            self.bound = False
        elif command == DELIVER_RESPONSE and (owed := self.told.pop(sequence, None)) is not None:
            if status:
                self.gateway.owed.append(owed._replace(due=time.monotonic() + 1))
            else:
                self.gateway.acknowledged += 1

    def submitted(self, sequence: int, body: bytes, out: list[bytes]) -> None:
        message = read_submit(body)
        status = self.gateway.verdict(message["destination"])
        if status:
            self.gateway.refused += 1
            out.append(HEADER.pack(16, SUBMIT | BIND_RESPONSES, status, sequence))
            return
        message["id"] = message_id = self.gateway.next_id()
        self.lines.append(msgspec.json.encode(message) + b"\n")
        if self.gateway.happens(self.options.mute):
            answer = b""
        else:
            answer = (
                HEADER.pack(17 + len(message_id), SUBMIT | BIND_RESPONSES, 0, sequence) + message_id.encode() + b"\0"
            )
        early = self.gateway.happens(self.options.early)
        if not self.gateway.happens(self.options.lost):
            state = "UNDELIV" if self.gateway.happens(self.options.failed) else "DELIVRD"
            due = time.monotonic() + self.options.delay
            owed = Owed(due, message_id, message["source"], message["destination"], state)
            copies = [owed] * (2 if self.gateway.happens(self.options.doubled) else 1)
            if early:
                answer = b"".join(map(self.receipt, copies)) + answer
            else:
                self.gateway.owed.extend(copies)
        self.answers.append(answer)

    def take(self) -> tuple[list[bytes], list[bytes]]:
        """What is to be answered, and what is to be written before."""
        self.waiting = False
        answers, lines, self.answers, self.lines = self.answers, self.lines, [], []
        return answers, lines

    def send(self, answers: list[bytes]) -> None:
        if self.gateway.happens(self.options.dropped):
            self.transport.abort()  # all of these are accepted, and nobody is told
        elif not self.transport.is_closing():
            self.transport.write(b"".join(answers))

    def tell(self, owed: list[Owed]) -> None:
        self.transport.write(b"".join(map(self.receipt, owed)))

    def receipt(self, owed: Owed) -> bytes:
        self.sequence += 1
        self.told[self.sequence] = owed
        now = time.strftime("%y%m%d%H%M", time.gmtime())
        text = (
            f"id:{owed.message_id} sub:001 dlvrd:001 submit date:{now} done date:{now} stat:{owed.state} err:000 text:"
        ).encode()
        body = b"".join(
            (
                b"\0\1\1",
                owed.destination.encode(),
                b"\0\5\0",
                owed.source.encode("latin-1"),
                b"\0\4\0\0\0\0\0\0\0\0",
                bytes((len(text),)),
                text,
                struct.pack(">HHB", 0x0427, 1, 2 if owed.state == "DELIVRD" else 5),
                struct.pack(">HH", 0x001E, len(owed.message_id) + 1),
                owed.message_id.encode(),
                b"\0",
            )
        )
        return HEADER.pack(16 + len(body), 5, 0, self.sequence) + body


def read_submit(body: bytes) -> dict[str, Any]:
    """What the log has of a submit_sm."""
    at = body.index(0) + 3
    end = body.index(0, at)
    source = body[at:end].decode("latin-1")
    at = end + 3
    end = body.index(0, at)
    destination = body[at:end].decode("latin-1")
    esm_class = body[end + 1]
    end = body.index(0, body.index(0, end + 4) + 1)
    data_coding, length = body[end + 3], body[end + 5]
    message = body[end + 6 : end + 6 + length]
    parts = part = 1
    if esm_class & 0x40:
        parts, part = message[message[0] - 1], message[message[0]]
        message = message[message[0] + 1 :]
    return {
        "id": "",
        "source": source,
        "destination": destination,
        "esm_class": esm_class,
        "data_coding": data_coding,
        "parts": parts,
        "part": part,
        "text": message.decode("utf-16-be" if data_coding == 8 else "latin-1"),
    }


def read_options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add: Callable[..., object] = parser.add_argument
    add("port", type=int, help="on 127.0.0.1")
    add("log", type=Path)
    add("--delay", type=float, default=0.1, help="seconds from acceptance to receipt")
    add("--lost", type=float, default=0, metavar="FRACTION", help="of messages that never get a receipt")
    add("--doubled", type=float, default=0, metavar="FRACTION", help="of receipts that come twice")
    add("--early", type=float, default=0, metavar="FRACTION", help="of receipts that come before the answer")
    add("--failed", type=float, default=0, metavar="FRACTION", help="of messages that end as UNDELIV")
    add("--throttled", type=float, default=0, metavar="FRACTION", help="of messages refused as too many")
    add("--full", type=float, default=0, metavar="FRACTION", help="of messages refused because a queue is full")
    add("--mute", type=float, default=0, metavar="FRACTION", help="of messages accepted and never answered")
    add("--dropped", type=float, default=0, metavar="FRACTION", help="of batches accepted on a link that then breaks")
    add("--rate", type=int, default=0, help="messages a second, more are throttled; 0: no limit")
    add("--bad-suffix", default="@", help="destinations that end so are invalid")
    add("--refuse-binds", action="store_true")
    add("--deliver-window", type=int, default=500, help="receipts that may be unacknowledged on a link")
    add("--unsafe", action="store_true", help="the log is written but not forced to the disk")
    add("--seed", type=int, default=1)
    return parser.parse_args(arguments)


async def serve(options: argparse.Namespace) -> None:
    gateway = Gateway(options)
    server = await asyncio.get_running_loop().create_server(lambda: Session(gateway), "127.0.0.1", options.port)
    reporting = asyncio.create_task(gateway.report())
    print("ready", flush=True)
    async with server:
        await reporting


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(read_options(sys.argv[1:])))
