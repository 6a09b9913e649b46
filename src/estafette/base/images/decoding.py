"""Images: whether they truly decode, how large they appear, and their small copies."""

from io import BytesIO
from typing import Any, Final

from PIL import Image

from estafette.base.images.answers import Picture
from estafette.base.images.dimensions import announced

# More are not decoded: a small file can unfold to gigabytes. The decoder of WebP takes 16 bytes a pixel, others four,
# and that of JPEG is content with a few, since it decodes no finer than it must.
MAX_PIXELS: Final = {
    "image/png": 40_000_000,
    "image/jpeg": 100_000_000,
    "image/gif": 40_000_000,
    "image/webp": 24_000_000,
}
THUMBNAIL_SIDE: Final = 640

FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
ORIENTATION: Final = 0x0112
"""The EXIF tag that says how the camera was held."""
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned to be seen as its camera was held."""
_QUARTERTURNS: Final = frozenset({5, 6, 7, 8})


def decoded(data: bytes, media_type: str) -> Picture | None:
    """The image, up to some seconds after; None when it is broken, too large, or not what its first bytes say."""
    if media_type not in FORMATS or announced(data, media_type) > MAX_PIXELS[media_type]:
        return None
    try:
        with Image.open(BytesIO(data), formats=[FORMATS[media_type]]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS[media_type]:
                return None
            orientation: Any = image.getexif().get(ORIENTATION)
            if orientation in _QUARTERTURNS:
                width, height = height, width
            return Picture(width, height, _thumbnail(image, TURNS.get(orientation)))
    except Exception:  # A broken image can raise anything from inside its decoder.
        return None


def _thumbnail(image: Image.Image, turn: Image.Transpose | None) -> bytes:
    # JPEG only: decodes no finer than the small copy needs. All bytes are read nevertheless.
    image.draft(None, (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    small = in_colour(image)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if turn is not None:
        small = small.transpose(turn)
    out = BytesIO()
    small.save(out, "WEBP", quality=80, method=4, exif=b"", xmp=b"")
    return out.getvalue()


def in_colour(image: Image.Image) -> Image.Image:
    """The image with pixels that can be scaled and kept as WebP; as it is when they can, for its size."""
    if image.mode in {"RGB", "RGBA"} and not (image.mode == "RGB" and image.has_transparency_data):
        return image
    if image.mode.startswith("I"):
        # 16 bits of grey: the upper eight of them.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
