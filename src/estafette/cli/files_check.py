"""Whether uploads can be kept in a folder, and what is there be read, by the user that the server runs as."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from estafette.base.settings import Settings
from estafette.cli.sentences import Refusal

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
"""The server starts all the same and tells people so: what was said before can be read."""


def check_files(settings: Settings) -> None:
    """Raises Refusal when the folder of uploads cannot be used: its owner does not change by itself."""
    from estafette.files import local_folder

    folder = local_folder(settings.files)
    if folder is not None and (fault := folder_fault(folder)):
        raise Refusal(f"{fault[0].upper()}{fault[1:]}.")


def folder_fault(folder: Path, data: Path | None = None) -> str | None:
    """What is wrong with a folder of uploads, and the command that mends it; None where there is nothing wrong.

    It is tried by writing and reading. Root may do everything, and the server may run as another one: with `data`
    root looks whether the owner of that folder might.
    """
    if not folder.exists():
        return None
    if not folder.is_dir():
        return f"uploads cannot be kept in {folder}, since it is a file, not a folder: move it away"
    owner = data.stat() if data is not None and os.geteuid() == 0 else None
    if owner is not None and owner.st_uid != 0:
        wrong = next((path for path in _some_of(folder) if not _may_use(path, owner)), None)
    else:
        wrong = next((path for path in _some_of(folder) if not _is_open(path)), None) or _tried(folder)
    if wrong is None:
        return None
    name = _name_of(os.geteuid() if owner is None else owner.st_uid)
    return (
        f"uploads cannot be kept and read in {folder}, since {wrong} is closed to {name}: run chown -R {name} {folder}"
    )


def _some_of(folder: Path) -> Iterator[Path]:
    """The folder, those in it (256 at most), and a file of each."""
    yield folder
    if not os.access(folder, os.R_OK | os.X_OK):
        return
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield inner
        if os.access(inner, os.R_OK | os.X_OK):
            yield from list(inner.iterdir())[:1]


def _is_open(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK | os.X_OK if path.is_dir() else os.R_OK)


def _may_use(path: Path, owner: os.stat_result) -> bool:
    found = path.stat()
    mode = found.st_mode
    if found.st_uid == owner.st_uid:
        mode >>= 6
    elif found.st_gid == owner.st_gid:
        mode >>= 3
    wanted = 0o7 if stat.S_ISDIR(found.st_mode) else 0o4
    return mode & wanted == wanted


def _tried(folder: Path) -> Path | None:
    """The folder, when a file cannot be written into it or does not come back."""
    path = folder / f"tried-{uuid4().hex}"
    try:
        path.write_bytes(b"well")
        return None if path.read_bytes() == b"well" else folder
    except OSError as error:
        return None if error.errno in _FULL else folder
    finally:
        with suppress(OSError):
            path.unlink()


def _name_of(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
