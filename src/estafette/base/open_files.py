"""How many files and connections a process may have open, and what is said when that is not enough.

Systems give 1,024 to begin with and let a program raise it itself: with so few, 1,100 connections that do nothing end
all new ones, without a line in any log, since the event loop accepts and closes them.
"""

import errno
import resource
from time import monotonic
from typing import Final

import structlog

MOST: Final = 65_536
"""More would help nobody: so many connections need gigabytes."""
RESERVE: Final = 200
"""For the database, uploads, and what the process itself holds open."""
LEAST: Final = 4_096
"""With a hard limit below this an installation is told to raise it."""
_BETWEEN_LINES: Final = 10.0

_log = structlog.get_logger(__name__)


class OpenFiles:
    """The limit of this process, and how often it was met."""

    def __init__(self) -> None:
        self.shortages = 0
        """How often something could not be opened since the start."""
        self._logged_at = -_BETWEEN_LINES

    @property
    def limit(self) -> int:
        """How many may be open at a time."""
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return MOST if soft == resource.RLIM_INFINITY else soft

    @property
    def connections(self) -> int:
        """How many connections there is room for."""
        return max(self.limit - RESERVE, self.limit // 2)

    def raise_limit(self) -> None:
        """Raises the soft limit to the hard one, or to 65,536."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

    def ran_out(self, what: str) -> None:
        """Notes that something could not be opened; logs it every ten seconds at most."""
        self.shortages += 1
        now = monotonic()
        if now - self._logged_at >= _BETWEEN_LINES:
            self._logged_at = now
            _log.error("Too many open files", what=what, limit=self.limit, times=self.shortages)


def is_shortage(error: BaseException) -> bool:
    """Whether an error says that no more files can be opened, by this process or on this machine."""
    return isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)


open_files: Final = OpenFiles()
