"""Files over HTTP: raw bytes in, bytes or a part of them out."""

from typing import Final

from estafette.files.api import owning, previewing, resuming
from estafette.files.api.handing_out import fetch, look_at, thumbnail
from estafette.files.api.receiving import upload

ENDPOINTS: Final = [
    upload,
    fetch,
    look_at,
    thumbnail,
    previewing.sizes,
    previewing.page,
    owning.list_own_files,
    *resuming.ENDPOINTS,
]
