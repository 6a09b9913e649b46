"""What a picture tells of people is not kept, and everything else of it is."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageSequence, features

from estafette.base.images.stripping import stripped

from . import private

ORIENTATION = 0x0112
PICTURES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpeg": ("image/jpeg", private.jpeg),
    "progressive jpeg": ("image/jpeg", lambda: private.jpeg(progressive=True)),
    "jpeg with restarts": ("image/jpeg", lambda: private.jpeg(restart_marker_blocks=1)),
    "png": ("image/png", private.png),
    "animated png": ("image/png", lambda: private.png(3)),
    "webp": ("image/webp", private.webp),
    "webp without loss": ("image/webp", lambda: private.webp(lossless=True)),
    "animated webp": ("image/webp", lambda: private.webp(3)),
    "gif": ("image/gif", private.gif),
    "animated gif": ("image/gif", lambda: private.gif(3)),
}
pictures = pytest.mark.parametrize("name", PICTURES)


def made(name: str) -> tuple[bytes, bytes]:
    """A picture before and after."""
    media_type, make = PICTURES[name]
    before = make()
    return before, stripped(before, media_type)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pictures
def test_nothing_of_people_is_left(name: str) -> None:
    before, after = made(name)
    assert any(secret in before for secret in private.SECRETS)
    assert [secret for secret in private.SECRETS if secret in after] == []
    with opened(after) as picture:
        assert dict(picture.getexif()) in ({}, {ORIENTATION: 6})
        assert not picture.getexif().get_ifd(0x8825)
        told = {"comment", "xmp", "photoshop", "Author", "Comment", "XML:com.adobe.xmp", "mp"}
        assert told.isdisjoint(picture.info)


@pictures
def test_every_pixel_of_every_frame_stays(name: str) -> None:
    before, after = made(name)
    with opened(before) as first, opened(after) as second:
        pairs = list(zip(ImageSequence.Iterator(first), ImageSequence.Iterator(second), strict=True))
        assert len(pairs) == (3 if "animated" in name else 1)
        for one, other in pairs:
            assert one.info.get("duration") == other.info.get("duration")
            assert ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox() is None
        assert first.info.get("loop") == second.info.get("loop")


@pytest.mark.parametrize("name", [each for each in PICTURES if "gif" not in each])
def test_the_colour_profile_and_how_the_camera_was_held_stay(name: str) -> None:
    before, after = made(name)
    with opened(before) as first, opened(after) as second:
        assert second.info["icc_profile"] == first.info["icc_profile"]
        assert second.getexif()[ORIENTATION] == 6


@pictures
def test_what_is_clean_stays_byte_for_byte(name: str) -> None:
    _, after = made(name)
    assert stripped(after, PICTURES[name][0]) == after


@pictures
def test_a_picture_that_breaks_off_is_stripped_as_well(name: str) -> None:
    before, _ = made(name)
    media_type = PICTURES[name][0]
    for length in range(20, len(before), 7):
        after = stripped(before[:length], media_type)
        assert [secret for secret in private.SECRETS if secret in after] == [], length


@pytest.mark.skipif(not features.check("avif"), reason="Pillow was built without AVIF")
def test_a_picture_that_nothing_here_decodes_is_stripped_as_well() -> None:
    before = private.avif()
    after = stripped(before, "image/avif")
    assert len(after) == len(before)
    assert b"SecretCam" in before
    assert [secret for secret in private.SECRETS if secret in after] == []
    with opened(before) as first, opened(after) as second:
        assert set(second.getexif()) <= {ORIENTATION}  # which Pillow reads from elsewhere
        assert first.size == second.size
        assert ImageChops.difference(first.convert("RGB"), second.convert("RGB")).getbbox() is None


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_sent_is_no_error(media_type: str, data: Any) -> None:
    whole = {"image/jpeg": private.jpeg, "image/png": private.png, "image/gif": private.gif}.get(
        media_type, private.webp
    )()
    if media_type == "image/avif":
        whole = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0\0\0\x40meta" + bytes(56)
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(stripped(bytes(content), media_type), bytes)
