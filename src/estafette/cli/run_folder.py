"""The folder `run` of the data folder: what holds as long as `estafette up` runs, and is made anew at each start."""

import os
import shutil
from pathlib import Path

import structlog

_log = structlog.get_logger(__name__)


def fresh_metrics_folder(run: Path) -> Path | None:
    """An empty folder in which the processes share their figures; None where it cannot be made, which stops nothing."""
    folder = run / "metrics"
    try:
        if folder.exists():
            shutil.rmtree(folder)
        run.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:  # root at work in somebody's folder leaves nothing there that locks them out
            owner = run.parent.stat()
            for each in (run, folder):
                os.chown(each, owner.st_uid, owner.st_gid)
    except OSError as error:
        _log.error("Figures are not shared", folder=str(folder), reason=str(error))
        return None
    return folder
