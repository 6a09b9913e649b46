"""Shows what a browser shows only by running it: the pages of a document, as pictures."""

from functools import partial
from typing import Final
from uuid import UUID

from estafette.base.pdf_pages import MAX_BYTES, MAX_PAGES, CannotBeDrawn, PdfPages, Sizes
from estafette.files.errors import NoPreview
from estafette.files.models import Stored
from estafette.files.rules import paths
from estafette.files.storage import Storage

PDF: Final = "application/pdf"


class Previews:
    """Draws pages of stored documents; whether somebody may see them was asked before."""

    def __init__(self, storage: Storage) -> None:
        self._storage, self._pages = storage, PdfPages()

    async def sizes(self, who: UUID | None, stored: Stored) -> Sizes:
        """How many pages there are, and how large; raises NoPreview, TooMany, Unavailable."""
        try:
            return await self._pages.sizes(who, self._read(stored))
        except CannotBeDrawn as error:
            raise NoPreview from error

    async def page(self, who: UUID | None, stored: Stored, number: int, width: int) -> bytes:
        """One page as WebP, at most so many pixels wide; raises as `sizes` does."""
        if not 1 <= number <= MAX_PAGES:
            raise NoPreview
        try:
            return await self._pages.page(who, self._read(stored), number, width)
        except CannotBeDrawn as error:
            raise NoPreview from error

    def _read(self, stored: Stored) -> partial[bytes]:
        if stored.file.media_type != PDF or stored.file.size > MAX_BYTES:
            raise NoPreview
        return partial(self._storage.whole, paths.content(stored.content_id))
