"""What can go wrong with files."""

from estafette.base.errors import Conflict, Unavailable


class StorageFailed(Unavailable):
    """The storage of files does not answer or is full; nothing was kept."""

    code = "storage_unavailable"


class UploadMoved(Conflict):
    """The upload stands at another offset, {offset}: ask how far it is and go on from there."""

    code = "upload_moved"


class UploadIncomplete(Conflict):
    """Only {received} of {size} bytes have come."""

    code = "upload_incomplete"


class TooManyUploads(Conflict):
    """{max} uploads are under way already: finish or end one of them first."""

    code = "too_many_uploads"
