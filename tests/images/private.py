"""Pictures that tell of people in every way their kind allows, as cameras and programs write them."""

import struct
from functools import cache
from io import BytesIO
from typing import Any, Final
from zlib import crc32

from PIL import Image, ImageCms, PngImagePlugin

SECRETS: Final = (
    b"SecretCam",
    b"Jane Private",
    b"48.8584N",
    b"2026:05:17",
    b"photoshop",
    b"adobe:ns:meta",
    b"THUMBNAIL",
)
XMP: Final = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Jane Private 48.8584N</dc:creator></x:xmpmeta>'
IPTC: Final = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x10\x1c\x02\x50\x00\x0cJane Private"
SIZE: Final = (80, 40)


def exif(orientation: int = 6) -> Image.Exif:
    """What a camera writes: itself, its owner, the place and the time."""
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F], told[0x013B], told[0x0132] = "SecretCam", "Jane Private", "2026:05:17 12:00:00"
    told[0x010E] = "48.8584N 2.2945E"
    place = told.get_ifd(0x8825)
    place[1], place[2] = "N", (48.0, 51.0, 29.0)
    return told


@cache
def profile() -> bytes:
    """A colour profile, which has to stay; made once, for it holds the second in which it was made."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def frames(mode: str = "RGB", count: int = 1) -> list[Image.Image]:
    """Pictures with a white upper left corner, each in another colour."""
    made: list[Image.Image] = []
    for number in range(count):
        frame = Image.new("RGB", SIZE, (0, 60 + 50 * number, 0))
        frame.paste((255, 255, 255), (0, 0, 20, 20))
        made.append(frame.convert(mode))
    return made


def jpeg(**options: Any) -> bytes:
    """With EXIF, XMP, IPTC, a comment, a preview, and another picture behind its end."""
    out = BytesIO()
    frames()[0].save(
        out, "JPEG", exif=exif(), xmp=XMP, comment=b"Jane Private", icc_profile=profile(), quality=95, **options
    )
    whole = out.getvalue()
    at = 2 + 2 + int.from_bytes(whole[4:6], "big")
    jfif = b"\xff\xe0\0\x13" + whole[6:18] + b"\1\1" + b"THU"
    more = b"".join(
        b"\xff" + bytes((kind,)) + struct.pack(">H", len(body) + 2) + body
        for kind, body in ((0xED, IPTC), (0xE0, b"JFXX\0\x10THUMBNAIL"), (0xE2, b"MPF\0Jane Private"))
    )
    return whole[:2] + jfif + more + whole[at:] + b"\xff\xd8\xff\xe1Jane Private"


def png(count: int = 1) -> bytes:
    """With EXIF, XMP, texts, a time, a chunk of somebody's own, and text behind its end."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Jane Private")
    texts.add_text("Comment", "Jane Private " * 50, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    texts.add(b"prVt", b"Jane Private")
    first, *others = frames(count=count)
    out = BytesIO()
    first.save(
        out,
        "PNG",
        exif=exif(),
        pnginfo=texts,
        icc_profile=profile(),
        save_all=count > 1,
        append_images=others,
        duration=70,
        loop=3,
    )
    whole = out.getvalue()
    time = struct.pack(">HBBBBB", 2026, 5, 17, 12, 0, 0)
    chunk = len(time).to_bytes(4, "big") + b"tIME" + time + crc32(b"tIME" + time).to_bytes(4, "big")
    return whole[:33] + chunk + whole[33:] + b"Jane Private"


def webp(count: int = 1, **options: Any) -> bytes:
    """With EXIF, XMP, a chunk of somebody's own, and text behind its end."""
    first, *others = frames(count=count)
    out = BytesIO()
    first.save(
        out,
        "WEBP",
        exif=exif(),
        xmp=XMP,
        icc_profile=profile(),
        save_all=count > 1,
        append_images=others,
        duration=70,
        loop=3,
        **options,
    )
    body = out.getvalue()[8:] + b"prVt\x0c\0\0\0Jane Private"
    return b"RIFF" + len(body).to_bytes(4, "little") + body + b"Jane Private"


def gif(count: int = 1) -> bytes:
    """With a comment, XMP and text behind its end."""
    first, *others = frames("P", count)
    out = BytesIO()
    first.save(out, "GIF", comment=b"Jane Private", save_all=count > 1, append_images=others, duration=70, loop=3)
    whole = out.getvalue()
    head = 13 + (3 * 2 ** ((whole[10] & 7) + 1) if whole[10] & 0x80 else 0)
    xmp = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    return whole[:head] + xmp + whole[head:] + b"Jane Private"


def avif() -> bytes:
    """With EXIF and XMP as items."""
    out = BytesIO()
    frames()[0].save(out, "AVIF", exif=exif(), xmp=XMP, speed=10)
    return out.getvalue()
