"""Images: whether they truly decode, how large they appear, and their small copies."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Final

import msgspec
from PIL import Image, ImageOps

MAX_PIXELS: Final = 40_000_000
"""More are not decoded: a small file can unfold to gigabytes."""
THUMBNAIL_SIDE: Final = 640
THUMBNAIL_TYPE: Final = "image/webp"

_FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
# One decoded image can take 160 MB, so they wait for each other. The bytes are read in here for the same reason.
_one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="images")


class Picture(msgspec.Struct, frozen=True):
    """An image that decoded: its size in pixels as seen, and its small copy as WebP without any metadata."""

    width: int
    height: int
    thumbnail: bytes


async def look(read: Callable[[], bytes], media_type: str) -> Picture | None:
    """Decodes an image in a thread; None when it is broken, too large, or not what its first bytes say."""
    return await asyncio.get_running_loop().run_in_executor(_one_at_a_time, lambda: _decoded(read(), media_type))


def _decoded(data: bytes, media_type: str) -> Picture | None:
    try:
        with Image.open(BytesIO(data), formats=[_FORMATS[media_type]]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                return None
            # JPEG only: decodes no finer than the small copy needs. All bytes are read nevertheless.
            image.draft(None, (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            upright = ImageOps.exif_transpose(image)
            if _is_turned(image):
                width, height = height, width
            return Picture(width, height, _thumbnail(upright))
    except Exception:  # A broken image can raise anything from inside its decoder.
        return None


def _is_turned(image: Image.Image) -> bool:
    """Whether EXIF orientation swaps width and height."""
    orientation = image.getexif().get(0x0112)
    return isinstance(orientation, int) and 5 <= orientation <= 8  # the four quarter turns


def _thumbnail(image: Image.Image) -> bytes:
    if image.mode.startswith("I"):
        # 16 bits of grey: the upper eight of them.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    transparent = image.has_transparency_data
    small = image.convert("RGBA" if transparent else "RGB")
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = BytesIO()
    small.save(out, "WEBP", quality=80, method=4, exif=b"", xmp=b"")
    return out.getvalue()
