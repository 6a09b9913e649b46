"""Why the embedded server did not start; the text of each is one sentence for the operator."""

import errno
from pathlib import Path

_REASONS = {
    errno.ENOENT: "it cannot be made there",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EEXIST: "it is a file, not a folder",
}


class CannotStart(Exception):
    """The embedded server could not be started."""


class FolderBusy(CannotStart):
    """Another process holds the folder."""


class FolderUnusable(CannotStart):
    """The folder cannot be written."""

    def __init__(self, folder: Path, error: OSError) -> None:
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        super().__init__(f"The folder {folder} cannot be used: {reason}. Mend that or choose another one with --data.")
