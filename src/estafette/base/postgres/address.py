"""How a client reaches the embedded server: a socket inside its own folder, and the password beside it."""

import os
import sys
from pathlib import Path
from urllib.parse import quote

from estafette.base.postgres.errors import CannotStart

USER = DATABASE = "estafette"
SUPERUSER = "postgres"
_SOCKET = ".s.PGSQL.5432"
_LONGEST = 107 if sys.platform == "linux" else 103  # bytes the kernel allows for the path of a socket


class ServerAddress:
    """Of the server in one folder; open while the object lives, since a long path needs a descriptor kept open."""

    def __init__(self, folder: Path) -> None:
        self._password = (folder / "password").read_text(encoding="utf-8").strip()
        self._descriptor: int | None = None
        cluster = (folder / "cluster").resolve()
        self._host = str(cluster)
        if len(os.fsencode(cluster / _SOCKET)) > _LONGEST:
            if sys.platform != "linux":
                raise CannotStart(f"The path of the folder {folder} is too long for a socket; choose a shorter --data.")
            # Whoever may look into this process reaches the folder through this name, however long its own is.
            self._descriptor = os.open(cluster, os.O_RDONLY | os.O_DIRECTORY)
            self._host = f"/proc/{os.getpid()}/fd/{self._descriptor}"

    def dsn(self, user: str = USER, database: str = DATABASE) -> str:
        """A connection string for asyncpg and libpq; it holds the password."""
        return f"postgresql://{user}:{quote(self._password)}@/{database}?host={quote(self._host, safe='')}&port=5432"

    def close(self) -> None:
        """Gives the descriptor back; connection strings of a long path end with it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def reach(folder: Path) -> str | None:
    """The connection string of the server that another process runs in `folder`, None when there is none."""
    if not (folder / "cluster" / _SOCKET).exists():
        return None
    return ServerAddress(folder).dsn()
