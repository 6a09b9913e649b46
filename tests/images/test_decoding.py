"""Pictures are decoded elsewhere, with caps of memory and time, and nobody waits behind another's crowd."""

import asyncio
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from estafette.base.errors import TooMany, Unavailable
from estafette.base.fair_queue import FairQueue
from estafette.base.images.decoding import MAX_PIXELS
from estafette.base.images.process import Pictures
from tests.waiting import eventually, turns

from . import private


def plain(kind: str, size: tuple[int, int], **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (1, 2, 3)).save(out, kind, **options)
    return out.getvalue()


def flat_webp(width: int, height: int) -> bytes:
    """One colour without loss: 40 bytes, however large."""
    head = b"VP8L\x1a\0\0\0\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little")
    body = b"WEBP" + head + plain("WEBP", (5, 5), lossless=True)[25:]
    return b"RIFF" + len(body).to_bytes(4, "little") + body


async def test_a_picture_is_stripped_and_measured_in_one_go() -> None:
    seen = await Pictures().inspect("ann", private.jpeg, "image/jpeg")
    assert seen.content is not None
    assert b"SecretCam" not in seen.content
    assert seen.picture is not None
    assert (seen.picture.width, seen.picture.height) == (40, 80)


async def test_a_small_file_of_very_many_pixels_is_not_opened() -> None:
    content = flat_webp(8000, 5000)
    assert len(content) < 100
    assert (await Pictures().inspect("ann", lambda: content, "image/webp")).picture is None


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
async def test_as_many_pixels_as_are_allowed_fit_into_the_memory(kind: str) -> None:
    media_type = f"image/{kind.lower()}"
    content = plain(kind, (MAX_PIXELS[media_type] // 5000, 5000), **({"method": 0} if kind == "WEBP" else {}))
    assert (await Pictures().inspect("ann", lambda: content, media_type)).picture is not None


async def test_what_takes_too_much_is_kept_stripped_and_unseen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # A process that ends while it decodes, as the kernel does it to one that takes too long.
    code = (
        "import os, signal, sys; from estafette.base.images import child;"
        "child._load_all = lambda *_: None;"
        "child.decoded = lambda *_: os.kill(os.getpid(), signal.SIGXCPU); child.main()"
    )
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code}" "$4"\n')
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    seen = await Pictures().inspect("ann", private.jpeg, "image/jpeg")
    assert seen.picture is None
    assert seen.content is not None
    assert b"SecretCam" not in seen.content


async def test_what_cannot_be_stripped_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Unavailable):
        await Pictures().inspect("ann", private.jpeg, "image/jpeg")


async def test_a_picture_does_not_wait_for_the_flood_of_somebody_else() -> None:
    pictures, done = Pictures(), list[str]()
    costly = plain("PNG", (1500, 1500))

    async def look(who: str, content: bytes) -> None:
        await pictures.inspect(who, lambda: content, "image/png")
        done.append(who)

    flood = [asyncio.create_task(look("mallory", costly)) for _ in range(5)]
    await turns()
    await look("ann", plain("PNG", (20, 20)))
    assert done.count("mallory") <= 3
    await asyncio.gather(*flood)


class Line:
    """People who come to their turns, in the order in which they have them."""

    def __init__(self, at_once: int = 1, waiting: int = 50) -> None:
        self.fair_queue = FairQueue(at_once=at_once, waiting=waiting)
        self.had: list[str] = []
        self.go_on = asyncio.Event()

    async def come(self, who: str) -> None:
        async with self.fair_queue.turn(who):
            self.had.append(who)
            await self.go_on.wait()


async def test_a_crowd_of_one_person_lets_the_next_person_in_first() -> None:
    line = Line()
    crowd = [asyncio.create_task(line.come("mallory")) for _ in range(20)]
    await turns()
    ann = asyncio.create_task(line.come("ann"))
    await turns()
    line.go_on.set()
    await asyncio.gather(*crowd, ann)
    assert line.had[:3] == ["mallory", "ann", "mallory"] or line.had[:3] == ["mallory", "mallory", "ann"]
    assert len(line.had) == 21


async def test_one_person_has_one_turn_at_a_time_and_others_the_rest() -> None:
    line = Line(at_once=2)
    tasks = [asyncio.create_task(line.come(who)) for who in ("mallory", "mallory", "ann", "ben")]
    await turns()
    assert line.had == ["mallory", "ann"]
    line.go_on.set()
    await asyncio.gather(*tasks)
    assert sorted(line.had) == ["ann", "ben", "mallory", "mallory"]


async def test_who_gives_up_waiting_leaves_no_gap() -> None:
    line = Line()
    first, second, third = [asyncio.create_task(line.come(who)) for who in ("ann", "ben", "claire")]
    await turns()
    second.cancel()
    await turns()
    line.go_on.set()
    await asyncio.gather(first, third)
    assert line.had == ["ann", "claire"]
    again = asyncio.create_task(line.come("ben"))
    await eventually(again.done)
    assert line.had[-1] == "ben"


async def test_too_many_of_one_person_are_told_to_come_later() -> None:
    line = Line(waiting=2)
    crowd = [asyncio.create_task(line.come("mallory")) for _ in range(3)]
    await turns()
    with pytest.raises(TooMany):
        await line.come("mallory")
    line.go_on.set()
    await asyncio.gather(*crowd)
