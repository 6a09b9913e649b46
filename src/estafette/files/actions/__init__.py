"""What can be done with files: upload, fetch, take into use, give up, sweep, strip, copy, read."""

from estafette.files.actions.copying import copy_pictures
from estafette.files.actions.fetching import MayFetch, fetch
from estafette.files.actions.incoming import Checksum, ChecksumWrong
from estafette.files.actions.listing import list_kept
from estafette.files.actions.owning import list_own
from estafette.files.actions.pictures import exchange_picture
from estafette.files.actions.previewing import Previews
from estafette.files.actions.reading_texts import read_text, texts_of
from estafette.files.actions.sharing import share_earlier
from estafette.files.actions.stripping import strip_earlier
from estafette.files.actions.sweeping import sweep
from estafette.files.actions.uploading import Uploader
from estafette.files.actions.using import claim, describe, hold, release

__all__ = [
    "Checksum",
    "ChecksumWrong",
    "MayFetch",
    "Previews",
    "Uploader",
    "claim",
    "copy_pictures",
    "describe",
    "exchange_picture",
    "fetch",
    "hold",
    "list_kept",
    "list_own",
    "read_text",
    "release",
    "share_earlier",
    "strip_earlier",
    "sweep",
    "texts_of",
]
