"""The process that draws one page: it has little memory, little time, and can open no file and no connection.

Asked for `sizes` it answers with JSON, how many pages there are and how large the first of them are; asked for `page`,
its number from 1 and a width in pixels, with that page as WebP. Why there is nothing to answer says its exit code.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Final

import pypdfium2
from PIL import Image

from estafette.base.pdf_pages.limits import CPU_SECONDS, EXIT_CODES, MAX_PAGES, MEMORY_BYTES, STEEPEST, Reason

_NICE: Final = 5
_WRONG_PASSWORD: Final = 4
"""FPDF_ERR_PASSWORD of PDFium."""
_CAPS: Final = (
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 3),  # fonts that the document does not bring are PDFium's own
    (resource.RLIMIT_CORE, 0),
)


def main() -> None:
    """Answers about the document that comes by the standard input."""
    asked, numbers = sys.argv[1], [int(each) for each in sys.argv[2:]]
    _load_all()
    for what, most in _CAPS:
        with suppress(ValueError, OSError):  # Some systems do not know all of them.
            resource.setrlimit(what, (most, most))
    os.nice(_NICE)
    answer, reason = _answer(asked, numbers)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    # At once: what is left of a large document is not taken apart.
    os._exit(EXIT_CODES[reason] if reason is not None else 0)


def _answer(asked: str, numbers: list[int]) -> tuple[bytes, Reason | None]:
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        return (_sizes(document), None) if asked == "sizes" else _page(document, *numbers)
    except pypdfium2.PdfiumError as error:
        return b"", "encrypted" if error.err_code == _WRONG_PASSWORD else "broken"
    except (MemoryError, RecursionError):
        return b"", "too_costly"


def _sizes(document: pypdfium2.PdfDocument) -> bytes:
    count = len(document)
    sizes = [document.get_page_size(index) for index in range(min(count, MAX_PAGES))]
    told = {"count": count, "sizes": [{"width": width, "height": height} for width, height in sizes]}
    return json.dumps(told).encode()


def _page(document: pypdfium2.PdfDocument, number: int, width: int) -> tuple[bytes, Reason | None]:
    if number > len(document):
        return b"", "no_page"
    page = document[number - 1]
    wide, high = page.get_size()
    if wide <= 0 or high <= 0:
        return b"", "broken"
    drawn = page.render(scale=min(width / wide, width * STEEPEST / high), fill_color=(255, 255, 255, 255)).to_pil()
    return _webp(drawn.convert("RGB")), None


def _webp(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=80, method=3)
    return out.getvalue()


def _load_all() -> None:
    """Lets the libraries load what they need by a page of their own: afterwards no file can be opened."""
    empty = pypdfium2.PdfDocument.new()
    empty.new_page(8, 8)
    _page(empty, 1, 8)


if __name__ == "__main__":
    main()
