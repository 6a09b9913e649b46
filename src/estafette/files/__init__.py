"""Files: bytes people uploaded. It knows no person and no conversation; owners are opaque ids.

`claim` and `release` join the caller's transaction: what takes an upload into use does so in the same commit.
"""

from estafette.files.actions import (
    MayFetch,
    Previews,
    Uploader,
    claim,
    copy_pictures,
    describe,
    exchange_picture,
    hold,
    list_kept,
    read_text,
    release,
    share_earlier,
    strip_earlier,
    sweep,
    texts_of,
)
from estafette.files.dispatch import run_copying, run_reading
from estafette.files.models import File, Reach, Swept
from estafette.files.rules import MAX_BYTES
from estafette.files.rules.paths import is_path
from estafette.files.storage import Storage, local_folder, open_storage

__all__ = [
    "MAX_BYTES",
    "File",
    "MayFetch",
    "Previews",
    "Reach",
    "Storage",
    "Swept",
    "Uploader",
    "claim",
    "copy_pictures",
    "describe",
    "exchange_picture",
    "hold",
    "is_path",
    "list_kept",
    "local_folder",
    "open_storage",
    "read_text",
    "release",
    "run_copying",
    "run_reading",
    "share_earlier",
    "strip_earlier",
    "sweep",
    "texts_of",
]
