"""What the text of one file may cost, and how it can end."""

from typing import Final, Literal

MAX_CHARACTERS: Final = 200_000
"""Of the text that is kept of one file, about a hundred pages; what follows is not read."""
MAX_CONTENT_BYTES: Final = 128 * 1024 * 1024
"""Larger files are not read."""
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
"""Of what a file unfolds to until its text is found: a small archive can unfold to gigabytes."""
MAX_MEMBERS: Final = 2_000
"""Of one archive that are looked into."""
MEMORY_BYTES: Final = 640 * 1024 * 1024
"""Of addresses, so that it counts what was asked for and not yet used."""
CPU_SECONDS: Final = 20
SECONDS: Final = 60
"""The clock on the wall; what a text may cost is counted as CPU time."""

Reason = Literal["broken", "encrypted", "no_text", "too_costly", "too_large"]
"""Why there is no text, or no more of it than there is."""

EXIT_CODES: Final[dict[Reason, int]] = {"broken": 10, "encrypted": 11, "no_text": 12, "too_costly": 13}
"""How the process that reads says so when it ends; whatever else ends it was too costly."""
