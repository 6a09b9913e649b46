"""Files as people, and people with bad intentions, send them."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SCRIPT = b"<script>alert(document.cookie)</script>"
PAGE = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def image(kind: str = "PNG", size: tuple[int, int] = (80, 40), mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 40).save(out, kind, **options)
    return out.getvalue()


def turned_photo(kind: str = "JPEG", orientation: int = 6, place: str = "") -> bytes:
    """A photo with a white upper left corner, and what the camera tells: how it was held and where."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = place
    photo = Image.new("RGB", (80, 40))
    photo.paste((255, 255, 255), (0, 0, 20, 20))
    out = BytesIO()
    photo.save(out, kind, exif=exif)
    return out.getvalue()


def polyglot_gif() -> bytes:
    """A GIF that decodes and that is a script as well, with a page behind its end."""
    return image("GIF", (5, 5), "P") + b"/*" + PAGE + b"*/=1;alert(1)"


def polyglot_jpeg() -> bytes:
    """A JPEG that decodes, with a page in its comment."""
    return image("JPEG", comment=PAGE)


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of about 110 kB that unfolds to 112 MB or more."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compressobj(9)
    line = b"\0" * (width // 8 + 1)
    data = b"".join(pixels.compress(line) for _ in range(height)) + pixels.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
