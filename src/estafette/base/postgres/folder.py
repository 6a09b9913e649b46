"""One folder, one owner at a time: a lock that the kernel drops when its holder dies, however it dies."""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

from estafette.base.postgres.errors import FolderBusy, FolderUnusable

_ATTEMPTS = 5


class FolderLock:
    """The right to use a folder, held until `release` or the end of the process; children do not inherit it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Gives the folder free; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def hold(folder: Path, *, mode: int = 0o700) -> FolderLock:
    """Makes the folder if need be and locks it; raises FolderBusy or FolderUnusable."""
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(mode)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise FolderUnusable(folder, error) from error
    try:
        _lock(descriptor)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        if os.geteuid() == 0:  # root at work in somebody's folder leaves nothing there that locks them out
            owner = folder.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
        os.close(descriptor)
        raise FolderBusy(f"Estafette is already running on {folder} (process {holder or 'unknown'}).") from error
    except OSError as error:
        os.close(descriptor)
        raise FolderUnusable(folder, error) from error
    return FolderLock(descriptor)


def _lock(descriptor: int) -> None:
    # Somebody who only asks whether the folder is held, holds it for an instant.
    for _ in range(_ATTEMPTS):
        with suppress(BlockingIOError):
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(0.02)
    raise BlockingIOError


def is_held(folder: Path) -> bool:
    """Whether some process holds the folder now."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def write_private(path: Path, content: str) -> None:
    """Writes a file that only its owner may read, and waits until it is on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes renames inside the folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
