"""A gateway that does exactly what a test writes, octet by octet."""

import asyncio
import struct
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

Read = Callable[[], Awaitable[tuple[int, int, int, bytes]]]

BIND, UNBIND, SUBMIT, DELIVER, ENQUIRE = 9, 6, 4, 5, 0x15
RESPONSE, NACK = 0x8000_0000, 0x8000_0000


def unit(command: int, sequence: int, body: bytes = b"", status: int = 0) -> bytes:
    return struct.pack(">IIII", 16 + len(body), command, status, sequence) + body


def receipt(message_id: str, *, filling: int = 0) -> bytes:
    """The body of a deliver_sm."""
    words = f"id:{message_id} stat:DELIVRD".encode()
    parameter = struct.pack(">HH", 0x1400, filling) + bytes(filling) if filling else b""
    return b"\0\1\1123\0\0\0Me\0\4\0\0\0\0\0\0\0\0" + bytes((len(words),)) + words + parameter


class Script:
    """One link as the gateway sees it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def receive(self, *expected: int) -> tuple[int, int, int, bytes]:
        """The next PDU as command, status, sequence and body; others than those expected are passed over."""
        while True:
            length, command, status, sequence = struct.unpack(">IIII", await self.reader.readexactly(16))
            body = await self.reader.readexactly(length - 16)
            if not expected or command in expected:
                return command, status, sequence, body

    def say(self, octets: bytes) -> None:
        self.writer.write(octets)

    async def let_in(self) -> None:
        """Answers the bind."""
        _, _, sequence, _ = await self.receive(BIND)
        self.say(unit(BIND | RESPONSE, sequence, b"scripted\0"))

    async def accept(self, message_id: bytes = b"1") -> None:
        """Answers the next message."""
        _, _, sequence, _ = await self.receive(SUBMIT)
        self.say(unit(SUBMIT | RESPONSE, sequence, message_id + b"\0"))


@asynccontextmanager
async def scripted(play: Callable[[Script], Awaitable[object]]) -> AsyncGenerator[int, None]:
    """The port of a gateway that plays this for each link; a play that went wrong is raised in the end."""
    plays: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        plays.append(task)
        try:
            await play(Script(reader, writer))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the link has ended
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in plays:
            if not task.done():
                task.cancel()
        ended = await asyncio.gather(*plays, return_exceptions=True)
    for each in ended:
        if isinstance(each, Exception):
            raise each
