"""Images: whether they truly decode, how large they appear, and their small copies."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, Final

import msgspec
from PIL import Image

MAX_PIXELS: Final = 40_000_000
"""More are not decoded: a small file can unfold to gigabytes."""
THUMBNAIL_SIDE: Final = 640
THUMBNAIL_TYPE: Final = "image/webp"

_FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
_ORIENTATION: Final = 0x0112
"""The EXIF tag that says how the camera was held."""
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTER_TURNS: Final = frozenset({5, 6, 7, 8})

# One decoded image can take 160 MB, so they wait for each other. The bytes are read in here for the same reason.
_one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="images")


class Picture(msgspec.Struct, frozen=True):
    """An image that decoded: its size in pixels as seen, and its small copy as WebP without any metadata."""

    width: int
    height: int
    thumbnail: bytes


async def look(read: Callable[[], bytes], media_type: str) -> Picture | None:
    """Decodes an image in a thread; None when it is broken, too large, or not what its first bytes say."""
    return await asyncio.get_running_loop().run_in_executor(_one_at_a_time, lambda: decoded(read(), media_type))


def decoded(data: bytes, media_type: str) -> Picture | None:
    """What `look` answers; blocks, up to some seconds for 40 million pixels."""
    try:
        with Image.open(BytesIO(data), formats=[_FORMATS[media_type]]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                return None
            orientation: Any = image.getexif().get(_ORIENTATION)
            if orientation in _QUARTER_TURNS:
                width, height = height, width
            return Picture(width, height, _thumbnail(image, _TURNS.get(orientation)))
    except Exception:  # A broken image can raise anything from inside its decoder.
        return None


def _thumbnail(image: Image.Image, turn: Image.Transpose | None) -> bytes:
    # JPEG only: decodes no finer than the small copy needs. All bytes are read nevertheless.
    image.draft(None, (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    small = _in_colour(image)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if turn is not None:
        small = small.transpose(turn)
    out = BytesIO()
    small.save(out, "WEBP", quality=80, method=4, exif=b"", xmp=b"")
    return out.getvalue()


def _in_colour(image: Image.Image) -> Image.Image:
    """The image with pixels that can be scaled and kept as WebP; as it is when they can, for its size."""
    if image.mode in {"RGB", "RGBA"} and not (image.mode == "RGB" and image.has_transparency_data):
        return image
    if image.mode.startswith("I"):
        # 16 bits of grey: the upper eight of them.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
