"""What a killed predecessor left: server processes without a supervisor, and files that name dead processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from estafette.base.postgres.errors import CannotStart

_SIGNALS = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def clear_leftovers(cluster: Path, say: Callable[[str], None]) -> None:
    """Stops the cluster's stray processes and removes stale lock files; only for the holder of the folder's lock."""
    stray = _processes(cluster)
    if stray:
        say("Stopping the database that an earlier run left behind")
    for number, patience in _SIGNALS:
        _signal(cluster, stray, number)
        deadline = time.monotonic() + patience
        while stray and time.monotonic() < deadline:
            time.sleep(0.02)
            stray = _processes(cluster)
        if not stray:
            break
    if stray:
        raise CannotStart(f"The database processes {sorted(stray)} still use {cluster} and could not be stopped.")
    if sys.platform == "linux":
        # Elsewhere PostgreSQL judges for itself; here we know more than the numbers in these files tell it: after a
        # reboot another process may carry the number of the dead server.
        for name in ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (cluster / name).unlink(missing_ok=True)


def _signal(cluster: Path, stray: set[int], number: signal.Signals) -> None:
    # Asked kindly, the postmaster ends its children; without one, the children must be asked one by one.
    main = _noted(cluster) or 0
    for pid in {main} if main in stray else stray:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _processes(cluster: Path) -> set[int]:
    """The live server processes whose working folder is this cluster."""
    if sys.platform != "linux":
        noted = _noted(cluster)
        return {noted} if noted and "postgres" in _command(noted) else set()
    here, found = str(cluster.resolve()), set[int]()
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with suppress(OSError):
                if str(Path(entry.path, "cwd").readlink()) == here and _is_postgres(entry.path):
                    found.add(int(entry.name))
    return found


def _is_postgres(process: str) -> bool:
    return Path(process, "comm").read_text(encoding="utf-8", errors="replace").strip() == "postgres"


def _command(pid: int) -> str:
    done = subprocess.run(  # noqa: S603 - a program of ours, no shell
        ["/bin/ps", "-p", str(pid), "-o", "comm="], capture_output=True, check=False, text=True
    )
    return done.stdout


def _noted(cluster: Path) -> int | None:
    try:
        return int((cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
