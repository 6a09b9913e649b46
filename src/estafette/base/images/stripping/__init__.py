"""Takes out of a picture what it tells of people: where it was taken, when, with which camera, by whom.

Containers are rewritten piece by piece and pixels are never touched: nothing is lost, animations stay animated, and
nothing needs to be decoded. What is not known to be needed for showing the picture is left out, as is whatever follows
its end. The colour profile stays, and how the camera was held, as the only entry of an EXIF block.
"""

from collections.abc import Callable, Mapping
from typing import Final

from estafette.base.images.stripping import gif, heif, jpeg, png, webp
from estafette.base.images.stripping.errors import NotAPicture

STRIPPERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "image/avif": heif.stripped,
    "image/gif": gif.stripped,
    "image/heic": heif.stripped,
    "image/jpeg": jpeg.stripped,
    "image/png": png.stripped,
    "image/webp": webp.stripped,
}


def stripped(data: bytes, media_type: str) -> bytes:
    """The picture without private data; what only begins like one comes back as it is, since nothing shows it.

    A picture that breaks off is one: what came of it is stripped.
    """
    try:
        return STRIPPERS[media_type](data)
    except NotAPicture:
        return data
