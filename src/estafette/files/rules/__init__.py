"""What a file may be called, what it is taken for, how it is handed out, and how large it may be."""

from typing import Final

MAX_BYTES: Final = 100_000_000
"""Of one file, unless the operator chose otherwise."""
MAX_PICTURE_BYTES: Final = 100_000_000
"""Of one picture, whatever the operator chose for files: it is read whole to be shown and stripped."""
UPLOADS_PER_HOUR: Final = 300
UNCLAIMED_HOURS: Final = 24
THUMBNAIL_TYPE: Final = "image/webp"
JPEG_TYPE: Final = "image/jpeg"
