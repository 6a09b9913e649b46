"""Real processes of the product, on free ports and in folders of their own, stopped by their numbers."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.postgres import reach
from estafette.main.database import open_database
from tests.databases import fresh_database
from tests.ports import free_port
from tests.prepared import installed
from tests.scratch import scratch_folder
from tests.waiting import eventually
from tests.world import World, make_world

COMMAND = [sys.executable, "-P", "-m", "estafette.cli"]


class Running:
    """One process of ours and what it has written so far."""

    def __init__(self, *arguments: object, **variables: str) -> None:
        self._arguments, self._variables = [*map(str, arguments)], variables
        # Deleted when closed; a pipe that nobody reads would stop the process.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = self._launch()

    def _launch(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*COMMAND, *self._arguments],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            env=os.environ | self._variables,
        )

    @property
    def output(self) -> str:
        return os.pread(self._log.fileno(), 10_000_000, 0).decode(errors="replace")

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """Ends it without a chance to say goodbye."""
        if self.lives:
            self.process.kill()
        self.process.wait()

    async def stop(self) -> None:
        """Asks it to end, and makes it after ten seconds."""
        if self.lives:
            self.process.terminate()
            try:
                await asyncio.to_thread(self.process.wait, 10)
            except subprocess.TimeoutExpired:
                self.kill()

    def again(self) -> None:
        """Starts it once more after its end."""
        self.process = self._launch()


class Web(Running):
    """One `estafette serve`."""

    def __init__(self, dsn: str, data: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__("serve", "--port", self.port, "--data", data, ESTAFETTE_DATABASE_URL=dsn)

    async def until_ready(self, http: aiohttp.ClientSession) -> None:
        await until_ready(self, self.url, http)

    @property
    def memory(self) -> int:
        """Resident bytes."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise LookupError("the process is gone")


class Site:
    """Web processes and a worker on one fresh database, with everybody in it."""

    def __init__(self, world: World, dsn: str, webs: list[Web], worker: Running, http: aiohttp.ClientSession) -> None:
        self.world, self.dsn, self.webs, self.worker, self.http = world, dsn, webs, worker, http
        self._tokens: dict[UUID, str] = {}

    async def token(self, who: SignedIn) -> str:
        """A bearer token of a person of this world, the same one each time."""
        if who.person_id not in self._tokens:
            self._tokens[who.person_id] = await new_token(self.world, who)
        return self._tokens[who.person_id]

    async def all_ready(self) -> None:
        await asyncio.gather(*(each.until_ready(self.http) for each in self.webs))


async def new_token(world: World, who: SignedIn) -> str:
    """A bearer token that may do everything its person may."""
    scopes: tuple[accounts.Scope, ...] = ("read", "write", "admin")
    return await accounts.create_token(world.database, who.person_id, "test", scopes)


async def until_ready(process: Running, url: str, http: aiohttp.ClientSession) -> None:
    """Waits until a server says that it can serve."""

    async def look() -> bool:
        assert process.lives, process.output
        return await is_ready(url, http)

    await eventually(look, lambda: process.output)


async def is_ready(url: str, http: aiohttp.ClientSession) -> bool:
    """Whether a server says that it can serve."""
    try:
        async with http.get(f"{url}/readyz") as answer:
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


@asynccontextmanager
async def site(server: str, *, webs: int = 2) -> AsyncGenerator[Site, None]:
    """Web processes, one port each, and a worker; stopped afterwards."""
    folder = scratch_folder()
    async with (
        fresh_database(server) as dsn,
        open_database(dsn, size=5) as database,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as http,
    ):
        started = [Web(dsn, folder) for _ in range(webs)]
        worker = Running("worker", "--data", folder, ESTAFETTE_DATABASE_URL=dsn)
        try:
            here = Site(await make_world(database), dsn, started, worker, http)
            await here.all_ready()
            yield here
        finally:
            await asyncio.gather(*(each.stop() for each in [*started, worker]))
            shutil.rmtree(folder, ignore_errors=True)


class Installation(Running):
    """One `estafette up`: a supervisor with its web processes, its worker and its PostgreSQL."""

    def __init__(self, data: Path, *options: object) -> None:
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__("up", "--data", data, "--port", self.port, *options)

    def dsn(self) -> str:
        """How this process reaches the embedded database."""
        found = reach(self.data / "postgres")
        assert found is not None, self.output
        return found

    def members(self, kind: str) -> list[int]:
        """The numbers of the running children of a kind: serve, worker or postgres."""
        return [
            pid
            for pid, command in descendants(self.process.pid).items()
            if (kind == "postgres" and command[0].endswith("postgres")) or f"estafette.cli {kind}" in " ".join(command)
        ]

    def backends(self) -> list[int]:
        """The numbers of the processes of PostgreSQL that serve one connection each."""
        commands = descendants(self.process.pid).items()
        return [pid for pid, command in commands if command[0].startswith("postgres: estafette")]


@asynccontextmanager
async def installation(*options: object) -> AsyncGenerator[Installation, None]:
    """An installation in a folder of its own, running; stopped afterwards with all that belongs to it."""
    # Not pytest's own folder: its path is too long for a socket.
    parent = scratch_folder()
    parent.chmod(0o711)
    async with aiohttp.ClientSession() as http:
        started = Installation(installed(parent / "data"), *options)
        try:
            await until_ready(started, started.url, http)
            # It serves before it has said its last word at the start, such as who lives in the demo.
            await eventually(lambda: "Estafette is running at" in started.output, lambda: started.output)
            yield started
        finally:
            family = descendants(started.process.pid)
            await started.stop()
            for pid in family:
                # Whoever outlived the supervisor; a number that was given away meanwhile is no descendant of ours.
                if pid in descendants(os.getpid()):
                    os.kill(pid, signal.SIGKILL)
            shutil.rmtree(parent, ignore_errors=True)


def descendants(parent: int) -> dict[int, list[str]]:
    """Numbers and command lines of everything a process has started, directly or not."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name in parentheses may hold anything; the parent is the second field after it.
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found: dict[int, list[str]] = {}
    wanted = {parent}
    while wanted:
        wanted = {pid for pid, above in parents.items() if above in wanted}
        found |= {pid: _command(pid) for pid in wanted}
    return {pid: command for pid, command in found.items() if command}


def _command(pid: int) -> list[str]:
    try:
        return [
            part.decode(errors="replace") for part in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") if part
        ]
    except OSError:
        return []


async def ask(
    http: aiohttp.ClientSession, method: str, url: str, token: str | None = None, body: object = None, **headers: str
) -> tuple[int, Any]:
    """Status and JSON of one request; header names are written with underscores."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    async with http.request(method, url, json=body, headers=sent) as answer:
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, await answer.json(content_type=None) if is_json else await answer.text()
