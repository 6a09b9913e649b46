"""The folder `run` of the data folder: what holds as long as `estafette up` runs, and is made anew at each start."""

import os
import shutil
from pathlib import Path
from typing import Any

import msgspec
import structlog

from estafette import __version__
from estafette.base.settings import Settings
from estafette.cli.external_database import describe

# What is secret, what names this very folder, and what holds at the first start only.
_UNTOLD = ("data", "database_url", "metrics_token", "demo")

_log = structlog.get_logger(__name__)


class RunningServer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server runs with, as it wrote it down when it started; no secrets."""

    process: int
    version: str
    database: str | None
    """Where its own PostgreSQL is; None for the embedded one."""
    options: dict[str, Any]
    """Fields of Settings."""

    @property
    def is_root(self) -> bool:
        """Whether it runs as root."""
        try:
            return Path(f"/proc/{self.process}").stat().st_uid == 0
        except OSError:
            return False


def make_run_folder(settings: Settings) -> None:
    """Makes it and writes down what the server runs with; where that cannot be, nothing is stopped by it."""
    options = {
        name: value for name, value in msgspec.to_builtins(settings, enc_hook=str).items() if name not in _UNTOLD
    }
    if settings.gateways is not None:
        options["gateways"] = str(settings.gateways.absolute())
    database = describe(settings.database_url) if settings.database_url is not None else None
    server = RunningServer(process=os.getpid(), version=__version__, database=database, options=options)
    try:
        settings.run.mkdir(mode=0o700, exist_ok=True)
        file = _file(settings)
        file.unlink(missing_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(msgspec.json.format(msgspec.json.encode(server)))
        _give_to_owner(settings, settings.run, file)
    except OSError as error:
        _log.error("What the server runs with is not written down", folder=str(settings.run), reason=str(error))


def fresh_metrics_folder(settings: Settings) -> Path | None:
    """An empty folder in which the processes share their figures; None where it cannot be made, which stops nothing."""
    folder = metrics_folder(settings)
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        _give_to_owner(settings, folder)
    except OSError as error:
        _log.error("Figures are not shared", folder=str(folder), reason=str(error))
        return None
    return folder


def metrics_folder(settings: Settings) -> Path:
    """Where the processes of an installation share their figures."""
    return settings.run / "metrics"


def running_server(settings: Settings) -> RunningServer | None:
    """What `estafette up` runs with on this data folder; None when it does not run, or may not be asked."""
    from estafette.base.postgres import is_held

    try:
        return msgspec.json.decode(_file(settings).read_bytes(), type=RunningServer) if is_held(settings.data) else None
    except (OSError, msgspec.MsgspecError):
        return None


def _file(settings: Settings) -> Path:
    return settings.run / "server.json"


def _give_to_owner(settings: Settings, *paths: Path) -> None:
    # Root at work in somebody's folder leaves nothing there that locks them out.
    if os.geteuid() == 0:
        owner = settings.data.stat()
        for path in paths:
            os.chown(path, owner.st_uid, owner.st_gid)
