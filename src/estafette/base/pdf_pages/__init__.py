"""Pages of PDF documents as pictures, drawn in a process of its own."""

from estafette.base.pdf_pages.limits import MAX_BYTES, MAX_PAGES, MAX_WIDTH
from estafette.base.pdf_pages.process import CannotBeDrawn, PageSize, PdfPages, Sizes

__all__ = ["MAX_BYTES", "MAX_PAGES", "MAX_WIDTH", "CannotBeDrawn", "PageSize", "PdfPages", "Sizes"]
