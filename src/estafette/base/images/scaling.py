"""Copies of a picture in the widths in which pages show it, and one that every program understands."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from PIL import Image

from estafette.base.images.answers import Copy
from estafette.base.images.decoding import FORMATS, MAX_PIXELS, ORIENTATION, TURNS, in_colour
from estafette.base.images.dimensions import announced
from estafette.base.images.widths import JPEG, JPEG_SIDE, WIDTHS

_STEEPEST: Final = 4
"""What is more than so many times as high as wide is scaled by its height."""
_WHITE: Final = (255, 255, 255)


def copies(data: bytes, media_type: str) -> Iterator[Copy]:
    """The copies, largest first: as many widths as the picture has, and one more; none of what is too large.

    Raises whatever its decoder raises for a broken one, perhaps after some.
    """
    if media_type not in FORMATS or announced(data, media_type) > MAX_PIXELS[media_type]:
        return
    with Image.open(BytesIO(data), formats=[FORMATS[media_type]]) as image:
        if image.width * image.height <= MAX_PIXELS[media_type]:
            yield from _scaled(image)


def _scaled(image: Image.Image) -> Iterator[Copy]:
    orientation: Any = image.getexif().get(ORIENTATION)
    turn = TURNS.get(orientation)
    # JPEG only: decodes no finer than the largest copy needs, whichever way it was held.
    image.draft(None, (WIDTHS[-1], WIDTHS[-1]))
    shown = in_colour(image)
    if turn is not None:
        shown = shown.transpose(turn)
    wide = shown.width
    # Each from the one before, which is close enough to be as good and much less to read.
    for width in sorted((each for each in WIDTHS if each < wide or each == _enough(wide)), reverse=True):
        if width < shown.width or shown.height > width * _STEEPEST:
            shown = shown.copy()
            shown.thumbnail((width, width * _STEEPEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
        if width == _jpeg_from(wide):
            yield Copy(JPEG, _jpeg(shown))
        out = BytesIO()
        shown.save(out, "WEBP", quality=80, method=4, exif=b"", xmp=b"")
        yield Copy(width, out.getvalue())


def _enough(wide: int) -> int:
    """The smallest width that shows all there is."""
    return next((each for each in WIDTHS if each >= wide), WIDTHS[-1])


def _jpeg_from(wide: int) -> int:
    """The copy that the one as JPEG is made from."""
    return min(_enough(wide), next(each for each in WIDTHS if each >= JPEG_SIDE))


def _jpeg(shown: Image.Image) -> bytes:
    small = shown.copy()
    small.thumbnail((JPEG_SIDE, JPEG_SIDE), Image.Resampling.LANCZOS)
    if small.mode == "RGBA":
        ground = Image.new("RGB", small.size, _WHITE)
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    out = BytesIO()
    small.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
