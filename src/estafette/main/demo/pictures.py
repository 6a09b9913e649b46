"""Pictures for the demo, drawn here: calm colours and plain shapes, one motif per partner."""

import io
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Draw = ImageDraw.ImageDraw

SKIES: Final[dict[str, tuple[Colour, Colour]]] = {
    "chateau": ((250, 214, 196), (244, 244, 236)),
    "bakery": ((255, 196, 120), (255, 238, 214)),
    "boats": ((120, 170, 200), (222, 238, 240)),
    "books": ((84, 96, 134), (226, 214, 216)),
}


def cover(motif: str, size: tuple[int, int] = (1600, 640), sky: str | None = None) -> bytes:
    """A wide picture of a motif as JPEG, under its own sky or that of another one."""
    return _jpeg(_scene(motif, size, sky or motif))


def emblem(motif: str) -> bytes:
    """A square picture of a motif as JPEG."""
    return _jpeg(_scene(motif, (512, 512), motif))


def _scene(motif: str, size: tuple[int, int], sky: str) -> Image.Image:
    # Drawn at twice the size, so that edges come out smooth.
    width, height = size[0] * 2, size[1] * 2
    picture = _gradient(*SKIES[sky], (width, height))
    MOTIFS[motif](ImageDraw.Draw(picture), width, height)
    return picture.reduce(2)


def _gradient(top: Colour, bottom: Colour, size: tuple[int, int]) -> Image.Image:
    width, height = size
    column = Image.new("RGB", (1, height))
    for y in range(height):
        column.putpixel((0, y), _between(top, bottom, y / (height - 1)))
    return column.resize((width, height), Image.Resampling.NEAREST)


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _chateau(draw: Draw, width: int, height: int) -> None:
    middle, ground = width / 2, height * 0.74
    unit = height / 12
    draw.ellipse([middle + unit * 3, unit, middle + unit * 5.4, unit * 3.4], fill=(255, 236, 214))
    draw.rectangle([0, ground, width, height], fill=(150, 172, 140))
    for side in (-1, 1):
        for step in range(1, 9):
            x = middle + side * unit * (4.6 + step * 1.5)
            draw.ellipse([x - unit * 0.5, ground - unit * 1.2, x + unit * 0.5, ground], fill=(104, 134, 108))
        wing = sorted((middle + side * unit * 1.2, middle + side * unit * 3.4))
        draw.rectangle([wing[0], ground - unit * 2.6, wing[1], ground], fill=(240, 226, 206))
        draw.polygon([(wing[0], ground - unit * 2.6), (wing[1], ground - unit * 2.6),
                      (wing[1] - unit * 0.5, ground - unit * 4), (wing[0] + unit * 0.5, ground - unit * 4)],
                     fill=(96, 108, 128))  # fmt: skip
    draw.rectangle([middle - unit * 1.4, ground - unit * 3, middle + unit * 1.4, ground], fill=(250, 238, 220))
    draw.pieslice([middle - unit * 1.4, ground - unit * 4.8, middle + unit * 1.4, ground - unit * 1.6], 180, 360,
                  fill=(84, 96, 118))  # fmt: skip
    draw.rectangle(
        [middle - unit * 0.2, ground - unit * 5.4, middle + unit * 0.2, ground - unit * 4.6], fill=(84, 96, 118)
    )
    for column in (-0.9, 0, 0.9):
        draw.rectangle([middle + unit * (column - 0.2), ground - unit * 2.1, middle + unit * (column + 0.2), ground],
                       fill=(150, 128, 120))  # fmt: skip
    draw.polygon([(middle - unit * 0.7, ground), (middle + unit * 0.7, ground), (middle + unit * 4, height),
                  (middle - unit * 4, height)], fill=(230, 220, 200))  # fmt: skip


def _bakery(draw: Draw, width: int, height: int) -> None:
    unit = height / 12
    middle = width / 2
    draw.ellipse([middle - unit * 3.4, unit * 2, middle + unit * 3.4, unit * 8.8], fill=(255, 170, 82))
    draw.rectangle([0, height * 0.66, width, height], fill=(206, 142, 92))
    for index, x in enumerate((middle - unit * 5, middle, middle + unit * 5)):
        top = height * 0.66 - unit * (2.0 if index == 1 else 1.5)
        draw.rounded_rectangle([x - unit * 2.1, top, x + unit * 2.1, height * 0.66 + unit * 0.9], unit * 1.3,
                               fill=(176, 104, 58))  # fmt: skip
        for cut in (-1.0, 0.0, 1.0):
            draw.line([(x + unit * (cut - 0.3), top + unit * 1.4), (x + unit * (cut + 0.3), top + unit * 0.5)],
                      fill=(242, 206, 158), width=round(unit * 0.22))  # fmt: skip


def _boats(draw: Draw, width: int, height: int) -> None:
    unit = height / 12
    for row, colour in enumerate(((96, 148, 176), (76, 128, 160), (58, 106, 142))):
        top = height * (0.62 + row * 0.13)
        draw.rectangle([0, top, width, height], fill=colour)
        for x in range(-2, round(width / unit) + 2, 2):
            left = (x + row * 0.7) * unit
            draw.arc([left, top - unit * 0.3, left + unit * 2, top + unit * 0.5], 180, 360, fill=(214, 230, 236),
                     width=round(unit * 0.08))  # fmt: skip
    for x, size, sail in ((0.3, 1.0, (250, 244, 232)), (0.52, 1.5, (236, 120, 130)), (0.74, 0.9, (250, 226, 170))):
        base, foot = width * x, height * 0.66
        draw.polygon([(base, foot - unit * 4.2 * size), (base, foot - unit * 0.4), (base + unit * 2.4 * size,
                      foot - unit * 0.4)], fill=sail)  # fmt: skip
        draw.polygon([(base - unit * 0.2, foot - unit * 3.4 * size), (base - unit * 0.2, foot - unit * 0.4),
                      (base - unit * 1.4 * size, foot - unit * 0.4)], fill=(255, 255, 250))  # fmt: skip
        draw.pieslice([base - unit * 2 * size, foot - unit * 1.2, base + unit * 2.6 * size, foot + unit * 0.9], 0, 180,
                      fill=(92, 66, 60))  # fmt: skip


def _books(draw: Draw, width: int, height: int) -> None:
    unit = height / 12
    colours = ((196, 92, 92), (232, 196, 140), (88, 120, 128), (60, 70, 104), (222, 150, 110), (140, 156, 132))
    shelf = height * 0.8
    draw.rectangle([0, shelf, width, height], fill=(112, 82, 74))
    x, index = unit * 0.6, 0
    while x < width - unit:
        thick = unit * (0.7 + (index * 37 % 5) * 0.16)
        top = shelf - unit * (4.2 + (index * 53 % 7) * 0.42)
        colour = colours[index * 5 % len(colours)]
        draw.rounded_rectangle([x, top, x + thick, shelf], unit * 0.08, fill=colour)
        for band in (0.14, 0.22):
            y = top + (shelf - top) * band
            draw.rectangle([x, y, x + thick, y + unit * 0.1], fill=_between(colour, (255, 250, 240), 0.55))
        x += thick + unit * (0.06 if index % 6 else 0.7)
        index += 1


MOTIFS: Final[dict[str, Callable[[Draw, int, int], None]]] = {
    "chateau": _chateau,
    "bakery": _bakery,
    "boats": _boats,
    "books": _books,
}


def _jpeg(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=86)
    return kept.getvalue()


def leaflet(title: str) -> bytes:
    """A one-page PDF that names its title."""
    kept = io.BytesIO()
    page = Image.new("RGB", (620, 877), (255, 255, 255))
    draw = ImageDraw.Draw(page)
    draw.rectangle([0, 0, 620, 12], fill=(236, 72, 153))
    draw.text((48, 60), title, fill=(40, 40, 48), font_size=26)
    draw.line([(48, 460), (300, 420), (420, 520), (572, 480)], fill=(120, 130, 140), width=10)
    draw.ellipse([406, 506, 434, 534], fill=(236, 72, 153))
    page.save(kept, "PDF")
    return kept.getvalue()
