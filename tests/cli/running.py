"""A real `estafette up` in a process of its own, and what one can ask of it."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ports import free_port
from tests.waiting import PATIENCE, wait_for

COMMAND = [sys.executable, "-P", "-m", "estafette.cli"]


def estafette(*arguments: object, given: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
    """Runs a short command to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env=os.environ | variables,
    )


def refusal(*arguments: object) -> str:
    """The one sentence with which a command refuses."""
    done = estafette(*arguments)
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    # Lines of progress may come before the sentence.
    return done.stderr.strip().splitlines()[-1]


class Up:
    """One installation that is starting, running or gone."""

    def __init__(self, data: Path, *options: object) -> None:
        self.data, self.port = data, free_port()
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [*COMMAND, "up", "--data", str(data), "--port", str(self.port), *map(str, options)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def wait_until_running(self) -> "Up":
        wait_for(
            lambda: "Estafette is running at" in self.output or self.process.poll() is not None, lambda: self.output
        )
        assert self.process.poll() is None, self.output
        return self

    def get(self, path: str) -> tuple[int, Any]:
        return self.ask("GET", path)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            sent = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"} | headers
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            content = answer.read()
            is_json = "json" in (answer.headers["Content-Type"] or "")
            return answer.status, json.loads(content) if is_json and content else content.decode()
        finally:
            connection.close()

    def alive(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def stop(self, number: signal.Signals = signal.SIGINT) -> float:
        """Seconds from the signal to the end."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - begun

    def children(self) -> dict[int, str]:
        return children(self.process.pid)

    def kill_everything(self) -> None:
        for pid in (self.process.pid, *self.children()):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))


@contextmanager
def up(data: Path, *options: object) -> Generator[Up, None, None]:
    """An installation that is running, and is stopped afterwards."""
    started = Up(data, *options)
    try:
        yield started.wait_until_running()
    finally:
        if started.process.poll() is None:
            started.stop()


def children(parent: int) -> dict[int, str]:
    """Process numbers and command lines of a process's children."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    ).stdout
    return {int(line.split(None, 1)[0]): line.split(None, 1)[1] for line in listed.splitlines()}


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
