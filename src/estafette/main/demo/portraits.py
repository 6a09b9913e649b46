"""Portraits for people of the demo, drawn here: a head and shoulders in plain colours."""

import io
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Hair = Literal["short", "long", "bun", "beard", "round"]

_SIDE: Final = 192
"""Pixels: twice as wide as the largest place where a portrait is shown."""


class Portrait(NamedTuple):
    """The colours of a person, and how they wear their hair."""

    ground: Colour
    skin: Colour
    hair: Colour
    style: Hair
    clothes: Colour


def portrait(person: Portrait) -> bytes:
    """A square picture as JPEG."""
    # Drawn at four times the size, so that edges come out smooth.
    unit = _SIDE * 4 / 16
    picture = Image.new("RGB", (_SIDE * 4, _SIDE * 4), person.ground)
    draw = ImageDraw.Draw(picture)

    def oval(middle: float, top: float, wide: float, high: float, colour: Colour) -> None:
        draw.ellipse(
            [unit * (middle - wide / 2), unit * top, unit * (middle + wide / 2), unit * (top + high)], fill=colour
        )

    _behind(person, oval)
    oval(8, 11.4, 12, 9, person.clothes)
    draw.rounded_rectangle([unit * 6.9, unit * 8.6, unit * 9.1, unit * 12.4], unit, fill=_darker(person.skin))
    oval(8, 3.6, 5.4, 6.6, person.skin)
    if person.style == "beard":
        draw.chord([unit * 5.3, unit * 4.2, unit * 10.7, unit * 10.5], 18, 162, fill=person.hair)
    draw.chord([unit * 5, unit * 2.7, unit * 11, unit * 8.4], 186, 354, fill=person.hair)
    kept = io.BytesIO()
    picture.reduce(4).save(kept, "JPEG", quality=88)
    return kept.getvalue()


def _behind(person: Portrait, oval: Callable[[float, float, float, float, Colour], None]) -> None:
    """The hair behind the head."""
    if person.style == "long":
        oval(8, 2.6, 7.2, 10.6, person.hair)
    elif person.style == "bun":
        oval(8, 0.7, 2.8, 2.8, person.hair)
        oval(8, 2.7, 6.2, 5.4, person.hair)
    elif person.style == "round":
        oval(8, 1.7, 8.2, 7.6, person.hair)
    else:
        oval(8, 2.7, 6, 5, person.hair)


def _darker(colour: Colour) -> Colour:
    red, green, blue = (round(each * 0.88) for each in colour)
    return red, green, blue
