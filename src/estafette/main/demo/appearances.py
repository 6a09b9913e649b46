"""How some people of the company show themselves: a picture, and what they say of themselves."""

from typing import Final, NamedTuple

from estafette.main.demo.portraits import Portrait

DAY: Final = 24


class Appearance(NamedTuple):
    """Of somebody: `hours` until what they say ends by itself, none for good."""

    portrait: Portrait | None = None
    emoji: str = ""
    text: str = ""
    hours: int | None = None
    do_not_disturb: bool = False


_FAIR: Final = (244, 208, 180)
_TAN: Final = (222, 172, 134)
_BROWN: Final = (164, 110, 78)
_DARK: Final = (112, 74, 54)

APPEARANCES: Final = {
    "nora": Appearance(Portrait((206, 226, 232), _FAIR, (214, 170, 96), "long", (64, 96, 120))),
    "marta": Appearance(Portrait((250, 224, 196), _TAN, (62, 42, 34), "bun", (198, 88, 82)),
                        "🏗️", "Na obra até sexta", 3 * DAY),
    "pavel": Appearance(Portrait((216, 222, 204), _FAIR, (84, 62, 48), "beard", (74, 104, 88)), "🎧", "Слушаю логи"),
    "vera": Appearance(Portrait((232, 214, 232), _FAIR, (150, 150, 158), "short", (92, 66, 104)),
                       "✈️", "En déplacement", 2 * DAY),
    "priya": Appearance(Portrait((250, 214, 206), _BROWN, (40, 30, 32), "long", (210, 122, 62)),
                        "☕", "Ask me about shifts"),
    "joel": Appearance(Portrait((204, 220, 240), _DARK, (30, 24, 24), "short", (226, 178, 84))),
    "camila": Appearance(Portrait((214, 236, 222), _TAN, (104, 62, 40), "bun", (88, 120, 168)),
                         "🏠", "Em casa hoje", 8),
    "lena": Appearance(Portrait((240, 228, 200), _FAIR, (196, 124, 70), "short", (56, 78, 108)),
                       "🧠", "Deep work, I answer after lunch", do_not_disturb=True),
    "rohan": Appearance(Portrait((220, 216, 240), _BROWN, (34, 28, 30), "beard", (52, 112, 116)),
                        "📟", "On call", 5 * DAY),
    "grace": Appearance(Portrait((250, 232, 170), _DARK, (36, 26, 26), "round", (182, 70, 96))),
    "molly": Appearance(None, "🌴", "On holiday", 9 * DAY),
    "thomas": Appearance(None, "🚐", "Sur le terrain"),
    "simon": Appearance(None, "📅", "Interviews all day", 8, do_not_disturb=True),
}  # fmt: skip
