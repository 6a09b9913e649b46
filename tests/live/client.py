"""A client that does what docs/live-protocol.md says, and holds what it was told.

One thing it does not: it lets no pause grow before it comes back, so that a test need not wait for it.
"""

import asyncio
import json
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.live.held import Json, Thread
from tests.waiting import PATIENCE, eventually

SILENCE = 45.0


class Unreachable(Exception):
    """The server gave no answer, or none that counts: try again."""


class Gone(Unreachable):
    """It is not there for this person, or no longer."""


class Reader:
    """Reads state by HTTP as one person."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str) -> None:
        self.http, self.url, self.token = http, url, token
        self._me: str | None = None

    async def me(self) -> str:
        """The id of the person."""
        self._me = self._me or str((await self.get("/me"))["id"])
        return self._me

    async def get(self, path: str, **query: object) -> Any:
        """The answer; raises Unreachable when there is none."""
        try:
            async with self.http.get(
                f"{self.url}/api/v1{path}",
                params={name: str(value) for name, value in query.items()},
                headers={"Authorization": f"Bearer {self.token}"},
            ) as answer:
                if answer.status == 404:
                    raise Gone(path)
                if answer.status >= 400:
                    raise Unreachable(f"{path}: {answer.status}")
                return await answer.json()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unreachable(path) from error

    async def conversations(self) -> list[str]:
        """The ids of all conversations that the person sees."""
        found: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = await self.get("/conversations", limit=100, **cursor)
            found += [each["id"] for each in page["items"]]
            if page["next"] is None:
                return found
            cursor = {"cursor": page["next"]}

    async def history(self, conversation: str) -> Thread:
        """A whole conversation from its pages, newest first; the number is that of the first page."""
        page = await self.get(f"/conversations/{conversation}/messages", limit=200)
        thread = Thread(page["number"], page["items"], await self.me())
        while page["items"] and page["items"][0]["ordinal"] > page["first_ordinal"]:
            before = page["items"][0]["ordinal"]
            page = await self.get(f"/conversations/{conversation}/messages", limit=200, before=before)
            for message in page["items"]:
                thread.keep(message)
        return thread

    async def catch_up(self, conversation: str, thread: Thread) -> None:
        """Asks for everything after the number that is held, until there is no more."""
        while True:
            page = await self.get(f"/conversations/{conversation}/changes", after=thread.number, limit=1000)
            thread.apply(page["changes"], page["until"])
            if page["until"] >= page["head"]:
                return

    async def everything(self) -> dict[str, Thread]:
        """What a client that was never here before reads."""
        return {each: await self.history(each) for each in await self.conversations()}


class LiveClient:
    """Stays connected, whatever happens, until it is told to stop."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.threads: dict[str, Thread] = {}
        self.watched: set[str] = set()
        """What it looks at without being in it."""
        self.frames: list[Json] = []
        """All frames but beats, in the order in which they came."""
        self.closes: list[int] = []
        self.welcomes = 0
        self.up_to_date = asyncio.Event()
        """Set while everything that was said so far has been applied."""
        self.wanted = asyncio.Event()
        """Cleared while it is to stay away."""
        self.wanted.set()
        self.socket: ClientConnection | None = None
        self._applied = asyncio.Condition()
        self._running: asyncio.Task[None] | None = None

    @property
    def live_url(self) -> str:
        return f"{self.reader.url.replace('http', 'ws', 1)}/api/v1/live"

    async def say(self, frame: Json) -> None:
        assert self.socket is not None
        await self.socket.send(json.dumps(frame))

    async def watch(self, place: str) -> None:
        """Looks at an open channel from now on; returns once it is held."""
        self.watched.add(place)
        await self.say({"type": "watch", "conversation": place})
        self.threads[place] = await self.reader.history(place)

    def leave(self) -> None:
        """Cuts the connection as a lost network does, and stays away until `wanted` is set."""
        self.wanted.clear()
        self.cut()

    def cut(self) -> None:
        """Cuts the connection without a word."""
        if self.socket is not None:
            self.socket.transport.abort()

    async def stay_connected(self) -> None:
        """Comes back after every end, until it is cancelled."""
        await eventually(self._connect_once, patience=math.inf)

    async def _connect_once(self) -> None:
        await self.wanted.wait()
        try:
            async with connect(
                self.live_url,
                additional_headers={"Authorization": f"Bearer {self.reader.token}"},
                ping_interval=None,
                max_size=None,
                compression=None,
                close_timeout=1,
                open_timeout=10,
            ) as self.socket:
                await self._follow(self.socket)
        except ConnectionClosed:
            pass
        except (OSError, WebSocketException, TimeoutError):
            self.closes.append(0)
        finally:
            self.up_to_date.clear()
            if self.socket is not None:
                self.closes.append(self.socket.close_code or 0)
            self.socket = None

    async def _follow(self, socket: ClientConnection) -> None:
        waiting: asyncio.Queue[Json] = asyncio.Queue()
        applying = asyncio.create_task(self._apply_all(waiting))
        try:
            while True:
                async with asyncio.timeout(SILENCE):
                    frame: Json = json.loads(await socket.recv())
                if frame["type"] == "beat":
                    await socket.send('{"type":"beat"}')
                    continue
                self.frames.append(frame)
                self.up_to_date.clear()
                waiting.put_nowait(frame)
        finally:
            applying.cancel()
            await asyncio.gather(applying, return_exceptions=True)

    async def _apply_all(self, waiting: "asyncio.Queue[Json]") -> None:
        """One after the other: what races in while state is being read waits its turn."""
        while True:
            frame = await waiting.get()
            await eventually(partial(self._apply, frame), patience=math.inf)
            if waiting.empty():
                self.up_to_date.set()
            async with self._applied:
                self._applied.notify_all()

    async def _apply(self, frame: Json) -> bool:
        """False when what it takes could not be read just now."""
        try:
            await self._apply_to_state(frame)
        except Unreachable:
            return False
        return True

    async def _apply_to_state(self, frame: Json) -> None:
        if frame["type"] == "welcome":
            await self._read_state()
            self.welcomes += 1
        elif frame["type"] == "left":
            self._let_go(frame["conversation"])
        elif frame["type"] == "joined":
            await self._read(frame["conversation"])
        elif frame["type"] == "changes":
            id_ = frame["conversation"]
            thread = self.threads.get(id_)
            if thread is None or frame["after"] > thread.number:
                await self._read(id_)
            elif frame["until"] > thread.number:
                thread.apply(frame["changes"], frame["until"])

    async def _read_state(self) -> None:
        for id_ in list(self.watched):
            # A connection begins with looking at nothing.
            await self.say({"type": "watch", "conversation": id_})
        seen = {*await self.reader.conversations(), *self.watched}
        for id_ in self.threads.keys() - seen:
            self._let_go(id_)
        for id_ in seen:
            await self._read(id_)

    async def _read(self, id_: str) -> None:
        """Holds a conversation up to its newest change, or lets go of it if it is no longer there."""
        try:
            if id_ in self.threads:
                await self.reader.catch_up(id_, self.threads[id_])
            else:
                self.threads[id_] = await self.reader.history(id_)
        except Gone:
            self._let_go(id_)

    def _let_go(self, id_: str) -> None:
        self.watched.discard(id_)
        self.threads.pop(id_, None)

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator["LiveClient", None]:
        """Connected from here to the end of the block."""
        self._running = asyncio.create_task(self.stay_connected())
        try:
            async with asyncio.timeout(PATIENCE):
                await self.up_to_date.wait()
            yield self
        finally:
            self._running.cancel()
            [end] = await asyncio.gather(self._running, return_exceptions=True)
            # Anything but being told to stop is a fault of this client or of what it was sent.
            assert isinstance(end, asyncio.CancelledError), end

    async def until(self, *wanted: str, count: int = 1, **fields: object) -> Json:
        """The first frame of one of these types with these fields, or a later one by `count`, waiting if need be."""

        def found() -> list[Json]:
            frames = [
                frame
                for frame in self.frames
                if frame["type"] in wanted and all(frame.get(name) == value for name, value in fields.items())
            ]
            return frames[count - 1 : count]

        [frame] = await eventually(found, lambda: (wanted, fields, self.closes, self.frames[-10:]))
        return frame

    async def holds(self, place: str, number: int) -> None:
        """Waits until a conversation is held up to a number, and returns in the moment in which it is."""
        async with asyncio.timeout(PATIENCE), self._applied:
            await self._applied.wait_for(lambda: place in self.threads and self.threads[place].number >= number)
