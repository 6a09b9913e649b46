"""An ordinary person who writes messages, and what that takes them beside somebody who floods the server."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from statistics import median
from time import perf_counter
from uuid import uuid4

import aiohttp
import msgspec

from estafette.accounts import SignedIn
from tests.processes import Site, descendants, new_token
from tests.waiting import eventually
from tests.world import sign_in

ADDRESS = "127.0.0.2"
ROUNDS, SENDS = 3, 20


class Beside(msgspec.Struct):
    """Milliseconds that a send takes, as a median: usually, and beside a flood."""

    usual: float
    beside: float

    @property
    def ratio(self) -> float:
        return self.beside / self.usual


class Ordinary:
    """Somebody with a conversation of their own."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url

    async def sends(self, count: int) -> list[float]:
        """Sends messages one after the other and returns the milliseconds that each took."""
        took: list[float] = []
        for number in range(count):
            begun = perf_counter()
            async with self._http.post(self._url, json={"text": f"{number}"}) as answer:
                assert answer.status == 201, await answer.text()
            took.append((perf_counter() - begun) * 1000)
        return took


@asynccontextmanager
async def ordinary(here: Site) -> AsyncGenerator[Ordinary, None]:
    """A new customer of the château, with an address of their own, on the first web process."""
    who = await newcomer(here, "Olga")
    place = (await here.world.write(who, here.world.chateau, "Hello")).conversation.id
    headers = {"Authorization": f"Bearer {await new_token(here.world, who)}"}
    connector = aiohttp.TCPConnector(local_addr=(ADDRESS, 0))
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(connector=connector, headers=headers, timeout=timeout) as http:
        yield Ordinary(http, f"{here.webs[0].url}/api/v1/conversations/{place}/messages")


async def newcomer(here: Site, name: str = "Ben") -> SignedIn:
    """Somebody new: whoever has flooded once is held off for a while, and so would be whatever comes next of theirs."""
    return await sign_in(here.world.database, f"{uuid4().hex}@example.com", name)


async def beside_a_flood(
    here: Site, kind: str, token: str = "", path: str = "", *, begun: Callable[[], Awaitable[bool]] | None = None
) -> Beside:
    """Lets somebody flood the first web process now and then, and compares what sends take meanwhile.

    In turns, so that a machine that is busy with something else is so in both.
    """
    usual: list[float] = []
    meanwhile: list[float] = []
    async with ordinary(here) as person:
        await person.sends(SENDS)
        before = throttlings(here)
        async with flooding(here, kind, token, path) as attacker:
            # At first it is answered in full, up to the limits; how it goes on is what counts.
            await eventually(begun or (lambda: throttlings(here) > before))
            for _ in range(ROUNDS):
                meanwhile += await person.sends(SENDS)
                attacker.send_signal(signal.SIGSTOP)
                usual += await person.sends(SENDS)
                attacker.send_signal(signal.SIGCONT)
    return _found(kind, usual, meanwhile)


async def beside_pictures(here: Site, token: str) -> Beside:
    """Lets somebody upload twenty hostile pictures at once, again and again, and compares likewise.

    What was uploaded is decoded one after the other, also while its sender makes a pause: both pause, in turns.
    """
    usual: list[float] = []
    meanwhile: list[float] = []
    async with ordinary(here) as person:
        await person.sends(SENDS)
        async with flooding(here, "pictures", token, "/api/v1/files?name=a.png") as attacker:
            for _ in range(ROUNDS):
                await eventually(lambda: _decoding(here))
                meanwhile += await person.sends(SENDS)
                await eventually(lambda: _decoding(here))
                attacker.send_signal(signal.SIGSTOP)
                with _decoding_stopped(here):
                    usual += await person.sends(SENDS)
                attacker.send_signal(signal.SIGCONT)
    return _found("pictures", usual, meanwhile)


def _decoding(here: Site) -> list[int]:
    """The processes that decode pictures for the first web process just now."""
    children = descendants(here.webs[0].process.pid)
    return [pid for pid, words in children.items() if "estafette.base.images.child" in words]


@contextmanager
def _decoding_stopped(here: Site) -> Generator[None, None, None]:
    """Lets nothing be decoded in the block; a process that ends while it begins makes room for the next."""
    stopped: list[int] = []
    try:
        while fresh := [pid for pid in _decoding(here) if pid not in stopped]:
            stopped += fresh
            for pid in fresh:
                _signal(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in stopped:
            _signal(pid, signal.SIGCONT)


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _found(kind: str, usual: list[float], meanwhile: list[float]) -> Beside:
    found = Beside(median(usual), median(meanwhile))
    print(f"{kind}: a send takes {found.usual:.1f} ms usually and {found.beside:.1f} ms beside it (p50)")
    return found


def throttlings(here: Site) -> int:
    """How often the first web process began to throttle somebody."""
    return here.webs[0].output.count('"throttled"')


@asynccontextmanager
async def flooding(
    here: Site, kind: str, token: str = "", path: str = ""
) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    """Somebody who floods the first web process; ended afterwards."""
    attacker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fault.flooding", kind, str(here.webs[0].port)),
        env=os.environ | {"FLOOD_TOKEN": token, "FLOOD_PATH": path},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert attacker.stdout is not None
        assert await attacker.stdout.readline() == b"flooding\n"
        yield attacker
    finally:
        attacker.kill()
        await attacker.wait()
