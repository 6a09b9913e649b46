"""Room on the disk: some of it is kept free, since a database that finds none ends."""

import errno
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Final

from estafette.base.errors import Unavailable

LOOKS_EVERY: Final = 1.0
"""Seconds."""
LAST_PART: Final = 10
"""Uploads stop at the reserve; what is written into the database may use it down to this part of it."""


class DiskFull(Unavailable):
    """The disk of the server is full; nothing was kept."""

    code = "disk_full"


@contextmanager
def full_disk_told() -> Generator[None, None, None]:
    """Raises DiskFull in place of what the system says when a file cannot be written for want of room."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from error
        raise


class Disk:
    """The disk on which a folder lies, looked at no more than once a second; `reserve` is bytes, 0 for none."""

    def __init__(self, folder: Path, reserve: int, free: Callable[[Path], int] | None = None) -> None:
        self._folder = folder
        self.reserve = reserve
        self._ask = free or _free
        self._free = 0
        self._looked_at = float("-inf")

    @property
    def free(self) -> int:
        """Bytes that may be written."""
        now = monotonic()
        if now - self._looked_at >= LOOKS_EVERY:
            self._free, self._looked_at = self._ask(self._folder), now
        return self._free

    @property
    def full(self) -> bool:
        """Whether even the database must not write any more."""
        return self.free < self.reserve // LAST_PART

    def check_space(self) -> None:
        """Raises DiskFull when even the database must not write any more."""
        if self.reserve and self.full:
            raise DiskFull

    def check_space_for(self, size: int) -> None:
        """Raises DiskFull when an upload of so many bytes would touch the reserve."""
        if self.reserve and self.free - size < self.reserve:
            raise DiskFull


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
