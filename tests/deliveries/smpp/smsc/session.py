"""One link of the gateway."""

import asyncio
from typing import Any

import msgspec

from tests.deliveries.smpp.smsc.gateway import Batch, Gateway, Owed
from tests.deliveries.smpp.smsc.wire import HEADER, read_submit, receipt_body

BIND, RESPONSE = {1, 2, 9}, 0x80000000
BOUND_ALREADY, WRONG_PASSWORD = 0x05, 0x0E
SUBMIT, DELIVER_RESPONSE, ENQUIRE, UNBIND = 4, 0x80000005, 0x15, 6


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
        self.owed: list[Owed] = []
        self.waiting = False
        self.loop = asyncio.get_running_loop()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.gateway.links.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.gateway.links.discard(self)
        # What was told and not acknowledged is told again.
        self.gateway.owed.extendleft(self.told.values())
        self.told.clear()
        self.gateway.report()

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
        self.gateway.report()

    def heard(self, command: int, status: int, sequence: int, out: list[bytes]) -> None:
        if command in BIND:
            refused = WRONG_PASSWORD if self.options.refuse_binds else 0
            if self.options.links and sum(each.bound for each in self.gateway.links) >= self.options.links:
                refused = BOUND_ALREADY
            out.append(HEADER.pack(21, command | RESPONSE, refused, sequence) + b"smsc\0")
            self.bound = not refused
        elif command == ENQUIRE:
            out.append(HEADER.pack(16, ENQUIRE | RESPONSE, 0, sequence))
        elif command == UNBIND:
            out.append(HEADER.pack(16, UNBIND | RESPONSE, 0, sequence))
            self.bound = False
        elif command == DELIVER_RESPONSE and (owed := self.told.pop(sequence, None)) is not None:
            if status:
                self.gateway.owed.append(owed._replace(due=self.loop.time() + 1))
            else:
                self.gateway.acknowledged += 1

    def submitted(self, sequence: int, body: bytes, out: list[bytes]) -> None:
        message = read_submit(body)
        status = self.gateway.verdict(message["destination"])
        if status:
            self.gateway.refused += 1
            out.append(HEADER.pack(16, SUBMIT | RESPONSE, status, sequence))
            return
        message["id"] = message_id = self.gateway.next_id()
        self.lines.append(msgspec.json.encode(message) + b"\n")
        if self.gateway.happens(self.options.mute):
            answer = b""
        else:
            answer = HEADER.pack(17 + len(message_id), SUBMIT | RESPONSE, 0, sequence) + message_id.encode() + b"\0"
        early = self.gateway.happens(self.options.early)
        if not self.gateway.happens(self.options.lost):
            state = "UNDELIV" if self.gateway.happens(self.options.failed) else "DELIVRD"
            due = self.loop.time() + self.options.delay
            owed = Owed(due, message_id, message["source"], message["destination"], state)
            copies = [owed] * (2 if self.gateway.happens(self.options.doubled) else 1)
            if early:
                answer = b"".join(map(self.receipt, copies)) + answer
            else:
                self.owed += copies
        self.answers.append(answer)

    def take(self) -> Batch:
        """What is to be answered, what is to be written before, and the receipts that follow."""
        self.waiting = False
        batch = Batch(self.answers, self.lines, self.owed)
        self.answers, self.lines, self.owed = [], [], []
        return batch

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
        body = receipt_body(owed)
        return HEADER.pack(16 + len(body), 5, 0, self.sequence) + body
