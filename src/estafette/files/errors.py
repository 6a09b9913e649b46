"""What can go wrong with files."""

from estafette.base.errors import Conflict, NotFound, TooLarge, Unavailable


class StorageFailed(Unavailable):
    """The storage of files does not answer or is full; nothing was kept."""

    code = "storage_unavailable"


class UploadMoved(Conflict):
    """The upload stands at another offset, {offset}: ask how far it is and go on from there."""

    code = "upload_moved"


class UploadIncomplete(Conflict):
    """Only {received} of {size} bytes have come."""

    code = "upload_incomplete"


class TooManyParts(Conflict):
    """The upload came in too many small parts, more than {max}: begin it anew and send larger ones."""

    code = "too_many_parts"


class PictureTooLarge(TooLarge):
    """A picture may have at most {max} bytes."""

    code = "picture_too_large"


class TooManyUploads(Conflict):
    """{max} uploads are under way already: finish or end one of them first."""

    code = "too_many_uploads"


class NoPreview(NotFound):
    """The file has no such page that could be drawn: it is no PDF, too large, too costly, encrypted or broken."""

    code = "no_preview"
