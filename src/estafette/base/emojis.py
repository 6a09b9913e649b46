"""The one reader of emoji, wherever one is asked for."""

from functools import cache
from typing import Final

LONGEST: Final = 40
"""Characters of the longest emoji there is, a family with skin tones, and some more."""
_VARIATION: Final = "\ufe0f"


def exactly_one(text: str) -> str | None:
    """The fully qualified form of a text that is one emoji (UTS #51), else None: ❤ and ❤️ are the same one.

    Skin tones, flags, keycaps and joined sequences are one; a skin tone alone is none.
    """
    return _fully_qualified().get(text.replace(_VARIATION, "")) if 0 < len(text) <= LONGEST else None


@cache
def _fully_qualified() -> dict[str, str]:
    # Five thousand of them: read when the first one is asked about, not when the process starts.
    from emoji import EMOJI_DATA, STATUS

    whole: Final = STATUS["fully_qualified"]
    return {each.replace(_VARIATION, ""): each for each, about in EMOJI_DATA.items() if about["status"] == whole}
