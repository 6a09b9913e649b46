"""In which widths copies of pictures are made, apart from what decodes them."""

from typing import Final

WIDTHS: Final = (192, 320, 640, 960, 1280, 1920)
"""Of copies, in pixels."""
JPEG: Final = 1
"""Stands for the copy as JPEG, at most `JPEG_SIDE` pixels a side: many programs that show previews know no WebP."""
JPEG_SIDE: Final = 1200
