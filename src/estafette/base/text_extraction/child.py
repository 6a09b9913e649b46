"""The process that reads the text of one file: it has little memory, little time, and can write nothing but its answer.

It reads the file, writes the text as it finds it, and says by its exit code why there is no more.
"""

import os
import resource
import sys
from contextlib import suppress
from typing import Final

from estafette.base.text_extraction.formats import texts
from estafette.base.text_extraction.limits import CPU_SECONDS, EXIT_CODES, MAX_CHARACTERS, MEMORY_BYTES, Reason
from estafette.base.text_extraction.refusals import NoText

_NICE: Final = 10
_CAPS: Final = (
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 16),  # codecs are modules, loaded when a document asks for them
    (resource.RLIMIT_CORE, 0),
)


def main() -> None:
    """Answers with the text of what comes by the standard input."""
    for what, most in _CAPS:
        with suppress(ValueError, OSError):  # Some systems do not know all of them.
            resource.setrlimit(what, (most, most))
    os.nice(_NICE)
    reason: Reason | None = None
    try:
        reason = None if _write() else "no_text"
    except NoText as error:
        reason = error.reason
    except (MemoryError, RecursionError):
        reason = "too_costly"
    # At once: what is left of a large document is not taken apart, and nothing at the end needs memory.
    os._exit(EXIT_CODES[reason] if reason is not None else 0)


def _write() -> bool:
    """Writes the text up to the limit, without signs that no text has; whether there was any."""
    left = MAX_CHARACTERS
    for text in texts(sys.stdin.buffer):
        lines = (" ".join(_visible(line).split()) for line in text.splitlines())
        clean = "\n".join(line for line in lines if line)[:left]
        if clean:
            sys.stdout.buffer.write(clean.encode(errors="ignore") + (b"\n" if text.endswith("\n") else b""))
            sys.stdout.buffer.flush()
            left -= len(clean) + 1
        if left <= 0:
            break
    return left < MAX_CHARACTERS


def _visible(line: str) -> str:
    return "".join(each if each.isprintable() else " " for each in line)


if __name__ == "__main__":
    main()
