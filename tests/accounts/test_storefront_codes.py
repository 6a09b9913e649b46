"""The address of a storefront as a QR code: what is drawn is the code of the address, however it is drawn."""

import re
from collections.abc import AsyncGenerator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest_asyncio
import segno
from PIL import Image

from tests.http import ORIGIN, WebServer, running
from tests.world import World

QUIET = 4


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    async with running(dsn, tmp_path) as started:
        yield started


def modules(text: str) -> list[list[bool]]:
    """The dark and light modules of the code of a text, with the white around it."""
    code = segno.make_qr(text, error="q", boost_error=False)
    return [[bool(each) for each in row] for row in code.matrix_iter(border=QUIET)]


def in_pixels(png: bytes) -> list[list[bool]]:
    """The modules of a picture, each looked at in its middle."""
    picture = Image.open(BytesIO(png)).convert("L")
    # The white around it, and then the upper left mark, which is seven modules wide.
    white = next(place for place in range(picture.width) if picture.getpixel((place, place)) == 0)
    step = white // QUIET
    assert {picture.getpixel((white + place, white)) for place in range(7 * step)} == {0}
    middles = [step * place + step // 2 for place in range(picture.width // step)]
    return [[picture.getpixel((x, y)) == 0 for x in middles] for y in middles]


def in_strokes(svg: str, side: int) -> list[list[bool]]:
    """The modules of a drawing of horizontal strokes, each a module high."""
    found = [[False] * side for _ in range(side)]
    (path,) = re.findall(r'stroke="#000" d="([^"]+)"', svg)
    x = y = 0.0
    for move, numbers in re.findall(r"([Mmh])([^Mmh]+)", path):
        values = [float(each) for each in re.findall(r"-?[0-9.]+", numbers)]
        if move == "M":
            x, y = values
        elif move == "m":
            x, y = x + values[0], y + values[1]
        else:
            for place in range(int(x), int(x + values[0])):
                found[int(y)][place] = True
            x += values[0]
    return found


async def test_it_is_the_code_of_the_address_in_pixels_and_in_strokes(web_server: WebServer, world: World) -> None:
    expected = modules(f"{ORIGIN}/partner/{world.chateau}")
    async with web_server.client() as visitor:
        png = await visitor.get(f"/api/v1/partners/{world.chateau}/code.png")
        svg = await visitor.get(f"/api/v1/partners/{world.chateau}/code.svg")
    assert (png.headers["content-type"], svg.headers["content-type"]) == ("image/png", "image/svg+xml")
    assert png.headers["cache-control"] == svg.headers["cache-control"] == "public, max-age=86400"
    picture = in_pixels(png.content)
    assert picture == expected
    assert in_strokes(svg.text, len(expected)) == expected
    assert modules(f"{ORIGIN}/partner/{world.bakery}") != expected
    assert "width=" not in svg.text.split(">")[0]


async def test_nobody_has_no_code(web_server: WebServer, world: World) -> None:
    async with web_server.client() as visitor:
        assert (await visitor.get(f"/api/v1/partners/{uuid4()}/code.svg")).status_code == 404
