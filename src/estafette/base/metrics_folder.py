"""The folder in which the processes of an installation share their figures; for who starts them and tells none."""

from pathlib import Path
from typing import Final

FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own: set before a process begins, it shares its figures."""


def forget_process(folder: Path, name: str) -> None:
    """What a process was, and is no more; what it did stays."""
    for file in folder.glob(f"gauge_live*_{name}.db"):
        file.unlink(missing_ok=True)
