"""What drawing a page may cost, and how it can end."""

from typing import Final, Literal

MAX_BYTES: Final = 50 * 1024 * 1024
"""Larger documents are not drawn."""
MAX_PAGES: Final = 500
"""Of one document that are shown; it says how many there are."""
MAX_WIDTH: Final = 2_000
"""Of a drawn page, in pixels."""
STEEPEST: Final = 4
"""A page that is more than so many times as high as wide is drawn narrower."""
MEMORY_BYTES: Final = 640 * 1024 * 1024
"""Of addresses, so that it counts what was asked for and not yet used."""
CPU_SECONDS: Final = 10
SECONDS: Final = 60
"""The clock on the wall; what a page may cost is counted as CPU time."""

Reason = Literal["broken", "encrypted", "no_page", "too_costly"]

EXIT_CODES: Final[dict[Reason, int]] = {"broken": 10, "encrypted": 11, "no_page": 12, "too_costly": 13}
"""How the process that draws says so when it ends; whatever else ends it was too costly."""
