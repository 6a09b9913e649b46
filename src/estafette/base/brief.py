"""What a stranger said, made fit for a line that people read."""

import re
from typing import Final

# Emoji are held together by invisible characters, French by unbroken spaces: these stay.
BREAKS: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def brief(text: str, limit: int = 300) -> str:
    """One line of at most `limit` characters, without control characters."""
    line = BREAKS.sub(" ", text).strip(" ")
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
