"""Addresses of pictures, as the web app makes them (`web/src/core/pictures.ts`): others would be fetched twice."""

from typing import Final
from uuid import UUID

_COVER_WIDTHS: Final = (640, 960, 1280, 1920)
_CARD_WIDTHS: Final = (320, 640, 960)
COVER_SIZES: Final = "100vw"
CARD_SIZES: Final = "(min-width: 560px) 280px, 92vw"
AVATAR_WIDTH: Final = 192


def picture(file_id: UUID, width: int) -> str:
    """A copy of at least this width, where the picture has as much."""
    return f"/api/v1/files/{file_id}/thumbnail?width={width}"


def card(origin: str, file_id: UUID) -> str:
    """The whole address of the copy for previews of links."""
    return f"{origin}/api/v1/files/{file_id}/thumbnail?jpeg=true"


def covers(file_id: UUID) -> str:
    """The `srcset` of a cover."""
    return _widths(file_id, _COVER_WIDTHS)


def cards(file_id: UUID) -> str:
    """The `srcset` of a picture on a card of the directory."""
    return _widths(file_id, _CARD_WIDTHS)


def _widths(file_id: UUID, widths: tuple[int, ...]) -> str:
    return ", ".join(f"{picture(file_id, width)} {width}w" for width in widths)
