"""What can go wrong with files."""

from estafette.base.errors import Unavailable


class StorageFailed(Unavailable):
    """The storage of files does not answer or is full; nothing was kept."""

    code = "storage_unavailable"
