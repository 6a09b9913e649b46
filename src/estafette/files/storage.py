"""Where the bytes lie: a local folder or an object store, through one interface (obstore)."""

from pathlib import Path


class Storage:
    """Keeps bytes under paths; every failure of it is raised as StorageFailed."""


def open_storage(url_or_path: str | Path) -> Storage:
    """The storage at a local folder (made when missing, private) or at a URL such as s3://bucket/prefix."""
    raise NotImplementedError
