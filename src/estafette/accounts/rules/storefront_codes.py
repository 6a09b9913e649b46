"""The address of a storefront as a QR code (ISO/IEC 18004), for windows, receipts and cards."""

from functools import lru_cache
from io import BytesIO
from typing import Final, Literal

import segno

Form = Literal["svg", "png"]

_QUIET: Final = 4  # modules around the code that stay white, as the standard asks for
_PIXELS: Final = 24  # of a module in the picture: printed at 300 dpi the code is about 9 cm wide


def address(origin: str, partner_id: object) -> str:
    """Where a storefront is."""
    return f"{origin}/partner/{partner_id}"


@lru_cache(256)
def drawn(text: str, form: Form) -> bytes:
    """The code of a text, black on white; a quarter of it may be covered or soiled (level Q)."""
    out = BytesIO()
    code = segno.make_qr(text, error="q", boost_error=False)
    if form == "svg":
        # Without a size of its own, so that whoever shows it says how large it is.
        code.save(out, kind="svg", border=_QUIET, light="#fff", omitsize=True, svgclass=None, lineclass=None)
    else:
        code.save(out, kind="png", border=_QUIET, scale=_PIXELS)
    return out.getvalue()
