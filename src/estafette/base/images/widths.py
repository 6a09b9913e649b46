"""In which widths copies of pictures are made, apart from what decodes them."""

from typing import Final

WIDTHS: Final = (192, 320, 640, 960, 1280, 1920)
"""Of copies, in pixels."""
JPEG: Final = 1
"""Stands for the copy as JPEG, at most `JPEG_SIDE` pixels a side: many programs that show previews know no WebP."""
JPEG_SIDE: Final = 1200


def jpeg_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the copy as JPEG of a picture; a small one is not enlarged."""
    share = min(1.0, JPEG_SIDE / max(width, height, 1))
    return max(1, round(width * share)), max(1, round(height * share))
