"""The process that decodes one picture: it has little memory, little time, and can open no file and no connection.

It reads the picture, answers what is to be kept of it, then what decoding gave, and ends. What its decoder takes, or
where a picture makes it fail, ends with it.
"""

import copy
import os
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Final

from PIL import Image, MpoImagePlugin, TiffImagePlugin

from estafette.base.images import answers
from estafette.base.images.decoding import FORMATS, ORIENTATION, decoded
from estafette.base.images.scaling import copies
from estafette.base.images.stripping import stripped

MEMORY_BYTES: Final = 640 * 1024 * 1024
"""Of addresses, so that it counts what was asked for and not yet used; the program itself takes a tenth of it."""
CPU_SECONDS: Final = 10
_NICE: Final = 5
_CAPS: Final = (
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 3),  # none beyond what it was started with
    (resource.RLIMIT_CORE, 0),
)
_NEEDED_AT_TIMES: Final = (copy, MpoImagePlugin, TiffImagePlugin)
"""Pillow loads them only when it needs them, and then no file can be opened any more."""


def main() -> None:
    """Answers about the picture of the type named on the command line, which comes by the standard input.

    With `copies` as the second word it answers with those alone, of a picture that was stripped when it came.
    """
    media_type, asked = sys.argv[1], sys.argv[2:]
    Image.MAX_IMAGE_PIXELS = None  # `decoded` has limits of its own.
    _load_all(media_type)
    for what, most in _CAPS:
        with suppress(ValueError, OSError):  # Some systems do not know all of them.
            resource.setrlimit(what, (most, most))
    os.nice(_NICE)
    if asked == ["copies"]:
        for each in copies(sys.stdin.buffer.read(), media_type):
            answers.write_copy(sys.stdout.buffer, each)
        return
    content = stripped(sys.stdin.buffer.read(), media_type)
    # First what is to be kept: it is there even if decoding ends this process.
    answers.write_content(sys.stdout.buffer, content)
    answers.write_picture(sys.stdout.buffer, decoded(content, media_type))


def _load_all(media_type: str) -> None:
    """Lets Pillow load what it needs for a picture of this type, by one of a single pixel."""
    if media_type in FORMATS:
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        pixel = BytesIO()
        Image.new("P", (1, 1)).convert("RGB").save(pixel, FORMATS[media_type], exif=exif)
        decoded(pixel.getvalue(), media_type)
        list(copies(pixel.getvalue(), media_type))


if __name__ == "__main__":
    main()
