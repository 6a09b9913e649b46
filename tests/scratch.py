"""Folders that tests throw away: in memory where there is enough of it.

Some file systems look long for a free place where many files were deleted a moment ago (ext4 passes over what was in
use in the last seconds), and each test deletes the thousand files of a database.
"""

import shutil
import tempfile
from functools import cache
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ENOUGH = 6 * 2**30  # bytes, for all workers together


def scratch_folder(prefix: str = "est-") -> Path:
    """A new private folder, with a path short enough for a socket; whoever makes it removes it."""
    return Path(tempfile.mkdtemp(prefix=prefix, dir=scratch_root()))


def scratch_root() -> Path:
    """Where such folders lie."""
    return _MEMORY if _is_roomy() else Path(tempfile.gettempdir())


@cache
def _is_roomy() -> bool:
    try:
        return shutil.disk_usage(_MEMORY).free >= _ENOUGH
    except OSError:
        return False
