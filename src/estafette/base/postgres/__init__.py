"""The embedded PostgreSQL: the server programs come with the package, its data lies in one private folder."""

from estafette.base.postgres.address import reach
from estafette.base.postgres.errors import CannotStart, FolderBusy, FolderUnusable
from estafette.base.postgres.folder import FolderLock, hold, is_held
from estafette.base.postgres.launcher import EmbeddedPostgres
from estafette.base.postgres.programs import program

__all__ = [
    "CannotStart",
    "EmbeddedPostgres",
    "FolderBusy",
    "FolderLock",
    "FolderUnusable",
    "hold",
    "is_held",
    "program",
    "reach",
]
