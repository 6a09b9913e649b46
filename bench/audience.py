"""Many who listen: what each has heard, whether anything is missing, and when all have heard the same."""

import asyncio
from collections.abc import Sequence

import msgspec

from bench.live_client import LiveSocket


class Changes(msgspec.Struct):
    """What a listener looks at in a frame; the rest is skipped."""

    type: str
    conversation: str = ""
    after: int = 0
    until: int = 0


_decode = msgspec.json.Decoder(Changes).decode


class Audience:
    """Listeners of one stream; each holds a number, as every client of the live protocol does.

    With `counting` the number is how many frames came: a bare broadcast sends the same bytes each time.
    """

    def __init__(self, held: int = 0, *, counting: bool = False) -> None:
        self.sockets: list[LiveSocket] = []
        self.deliveries = 0
        self.gaps = 0
        self._counting = counting
        self._held: list[int] = []
        self._start = held
        self._unwelcome = 0
        self._all_welcome = asyncio.Event()
        self._arrivals: dict[int, int] = {}
        self._waiting: dict[int, asyncio.Future[None]] = {}

    async def join(self, port: int, path: str, tokens: Sequence[str]) -> None:
        """Lets one listener for each token in, a few at a time, and waits until all are welcome."""
        for begin in range(0, len(tokens), 50):
            self.sockets += await asyncio.gather(
                *(self._open(port, path, token) for token in tokens[begin : begin + 50])
            )
        if not self._counting:
            # Who is not welcome yet is told nothing: they would read the state.
            await self._all_welcome.wait()

    async def _open(self, port: int, path: str, token: str) -> LiveSocket:
        position = len(self._held)
        self._held.append(self._start)
        self._unwelcome += 1
        self._all_welcome.clear()
        return await LiveSocket.open(port, path, token, lambda frame: self._receive(position, frame))

    def leave(self) -> None:
        """Closes all."""
        for socket in self.sockets:
            socket.close()

    @property
    def held(self) -> set[int]:
        """The numbers that listeners hold; one number when all have heard the same."""
        return set(self._held)

    async def everyone(self, number: int) -> None:
        """Waits until every listener holds a number."""
        if self._arrivals.get(number, 0) < len(self._held):
            await self._waiting.setdefault(number, asyncio.get_running_loop().create_future())

    def _receive(self, position: int, frame: bytes) -> None:
        changes = _decode(frame)
        held = self._held[position]
        if changes.type == "welcome":
            self._unwelcome -= 1
            if not self._unwelcome:
                self._all_welcome.set()
        if self._counting:
            after, until = held, held + 1
        elif changes.type != "changes" or changes.until <= held:
            return
        else:
            after, until = changes.after, changes.until
        if after > held:
            self.gaps += 1
        self._held[position] = until
        self.deliveries += until - held
        for number in range(held + 1, until + 1):
            arrived = self._arrivals.get(number, 0) + 1
            self._arrivals[number] = arrived
            if arrived == len(self._held):
                waiting = self._waiting.pop(number, None)
                if waiting is not None:
                    waiting.set_result(None)
