"""The processes of one installation: started together, restarted when one crashes, ended together."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from estafette.base.back_off import back_off
from estafette.base.metrics_folder import FOLDER_VARIABLE, forget_process

_log = structlog.get_logger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds before a crashed process is started again
_HEALTHY = 60.0  # seconds after which a crash counts as the first one again
_LOOK = 0.1


@dataclass
class ChildProcess:
    """One process and its fate so far."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    crashes: int = 0
    started_at: float = 0.0
    not_before: float = field(default=0.0)


class ProcessGroup:
    """Children of this process; they share its environment plus `environment` and the listening socket."""

    def __init__(self, environment: dict[str, str], shared: int, metrics: Path | None = None) -> None:
        """`metrics`: the folder in which they share their figures."""
        self._environment = os.environ | environment
        self._metrics = metrics
        self._environment.pop(FOLDER_VARIABLE, None)
        if metrics is not None:
            self._environment[FOLDER_VARIABLE] = str(metrics.absolute())
        self._shared = shared
        self.children: list[ChildProcess] = []

    def add(self, name: str, *arguments: str) -> None:
        """Starts one more process: `estafette` with these arguments."""
        child = ChildProcess(name, list(arguments))
        self.children.append(child)
        self._start(child)

    @property
    def crashes(self) -> int:
        """The largest number of crashes in a row that one child has had."""
        return max((child.crashes for child in self.children), default=0)

    async def watch(self) -> None:
        """Restarts what crashes, later each time; runs until cancelled."""
        while True:
            for child in self.children:
                self._look_after(child)
            await asyncio.sleep(_LOOK)

    async def stop(self, patience: float) -> None:
        """Asks all to end, and after `patience` seconds makes them."""
        for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 1.0)):
            for process in self._running():
                process.send_signal(number)
            deadline = time.monotonic() + seconds
            while self._running() and time.monotonic() < deadline:  # noqa: ASYNC110 - no event tells it
                await asyncio.sleep(0.01)

    def _running(self) -> list[subprocess.Popen[bytes]]:
        return [each.process for each in self.children if each.process is not None and each.process.poll() is None]

    def _look_after(self, child: ChildProcess) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.not_before:
                self._start(child)
        elif (code := child.process.poll()) is not None:
            child.process = None
            if self._metrics is not None:
                forget_process(self._metrics, child.name)
            child.crashes = 1 if now - child.started_at > _HEALTHY else child.crashes + 1
            pause = back_off(child.crashes, _FIRST_PAUSE, _LONGEST_PAUSE)
            child.not_before = now + pause
            _log.error("A process ended and will be started again", child=child.name, code=code, seconds=pause)

    def _start(self, child: ChildProcess) -> None:
        # -P: modules come from the installation, never from the folder the operator happens to be in.
        start = [sys.executable, "-P", "-m", "estafette.cli", *child.arguments]
        child.started_at = time.monotonic()
        # A session of its own: Ctrl-C in the terminal reaches the parent alone, which then ends all in order.
        child.process = subprocess.Popen(  # noqa: S603 - a program of ours, no shell
            [*start, "--parent", str(os.getpid()), "--name", child.name],
            stdin=subprocess.DEVNULL,
            env=self._environment,
            pass_fds=[self._shared],
            start_new_session=True,
        )
