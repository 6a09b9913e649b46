"""A proxy that can go silent in one direction, as broken networks do: nobody is told, bytes just stop to arrive."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Literal

Direction = Literal["to the client", "to the server"]


class Proxy:
    """Passes bytes on to one port; what it swallows is gone."""

    def __init__(self, target: int) -> None:
        self.port = 0
        self._target = target
        self._silent: list[set[Direction]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def go_silent(self, direction: Direction) -> None:
        """Swallows from now on what the present connections say in a direction; new connections are sound."""
        for each in self._silent:
            each.add(direction)

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        silent = set[Direction]()
        self._silent.append(silent)
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(
            _pump(reader, to_writer, "to the server", silent), _pump(to_reader, writer, "to the client", silent)
        )


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, direction: Direction, silent: set[Direction]
) -> None:
    try:
        while data := await reader.read(65_536):
            if direction not in silent:
                writer.write(data)
                await writer.drain()
        if direction not in silent:
            writer.close()
    except OSError:
        writer.transport.abort()


@asynccontextmanager
async def proxy(target: int) -> AsyncGenerator[Proxy, None]:
    """A proxy in front of a port of this machine."""
    between = Proxy(target)
    passing: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(between.pass_on(reader, writer))
        passing.add(task)
        task.add_done_callback(passing.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    between.port = server.sockets[0].getsockname()[1]
    try:
        yield between
    finally:
        server.close()
        for task in list(passing):
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)
