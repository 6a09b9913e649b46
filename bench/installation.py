"""A server of our own to measure: in a temporary folder, on a free port, gone at the end."""

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from estafette.base.postgres import reach

HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS = 60, 10


@dataclass(frozen=True)
class Installation:
    """A running server: where it listens, its database, and the numbers of its processes (Linux only)."""

    port: int
    dsn: str
    pid: int
    web_pid: int | None
    worker_pid: int | None


@asynccontextmanager
async def installation(*more: str) -> AsyncGenerator[Installation, None]:
    """Starts `estafette up` with one web process, and what `more` options ask for, and stops it whatever happens."""
    with tempfile.TemporaryDirectory(prefix="estafette-bench-") as folder, free_port() as port:
        # The database may run as a user who must pass through here; the folders inside are private.
        Path(folder).chmod(0o711)
        data = Path(folder) / "data"
        command = ["-P", "-m", "estafette.cli", "up", "--data", str(data), "--host", HOST, "--port", str(port)]
        # We are the proxy: clients may come from wherever we say.
        command += ["--trusted-proxy", HOST]
        # A few people do here in a minute what thousands do in a day.
        command += ["--daily-messages", "0", "--daily-deliveries", "0", "--daily-megabytes", "0"]
        command += more
        log = Path(folder) / "log"
        with running(command, log) as process:
            try:
                await until_listening(process, port)
            except RuntimeError as error:
                raise RuntimeError(f"{error}\n{log.read_text(encoding='utf-8')[-2000:]}") from None
            dsn = reach(data / "postgres")
            if dsn is None:
                raise RuntimeError("The embedded database is not where it should be.")
            yield Installation(
                port, dsn, process.pid, _descendant(process.pid, "serve"), _descendant(process.pid, "worker")
            )


@contextmanager
def running(command: list[str], log: Path | None = None) -> Generator["subprocess.Popen[bytes]", None, None]:
    """Runs Python with these arguments, and ends it by the end of the block."""
    # A session of its own: Ctrl-C reaches this program alone, which then ends the others in order.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ESTAFETTE_")}
    with (log or Path(os.devnull)).open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd=Path(__file__).parent.parent,
            env=environment,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def free_port() -> Generator[int, None, None]:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    yield port


async def until_listening(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Waits until a port answers; raises RuntimeError when the process has ended or is too slow."""
    deadline = asyncio.get_running_loop().time() + START_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        if process.poll() is not None:
            raise RuntimeError("The server ended before it could be measured.")
        try:
            reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = await reader.readline()
            writer.close()
            if b" 200 " in answer:
                return
        except OSError:
            pass
        await asyncio.sleep(0.05)
    raise RuntimeError("The server did not start in time.")


def _descendant(pid: int, word: str) -> int | None:
    """The child of a process that has a word in its command line, as Linux tells it."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            if parent == pid and word in (status.parent / "cmdline").read_text().split("\0"):
                return int(status.parent.name)
        except (OSError, ValueError):
            continue
    return None


def allow_many_sockets() -> None:
    """Raises the number of open sockets to what the system permits; what is started from here inherits it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
