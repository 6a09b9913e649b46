"""How much CPU the processes of a server have used, as Linux tells it."""

import os
from pathlib import Path
from typing import Final

TICKS_PER_SECOND: Final = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> dict[str, float]:
    """Seconds of CPU by part (`web`, `worker`, `PostgreSQL`) of a process and all that came of it; empty elsewhere."""
    processes: dict[int, tuple[int, str, float]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            words = (status.parent / "cmdline").read_text().split("\0")
        except OSError:
            continue
        part = "PostgreSQL" if "postgres" in words[0] else next((each for each in PARTS if each in words), "")
        # What ended children have used counts for who waited for them.
        used = sum(int(each) for each in fields[11:15]) / TICKS_PER_SECOND
        processes[int(status.parent.name)] = int(fields[1]), PARTS.get(part, part), used
    found: dict[str, float] = {}
    for number, (parent, part, used) in processes.items():
        while parent not in (0, 1, pid) and parent in processes:
            parent = processes[parent][0]
        if parent == pid and number != pid and part:
            found[part] = found.get(part, 0.0) + used
    return found


PARTS: Final = {"serve": "web", "worker": "worker"}
