"""The register as a table for spreadsheets."""

from collections.abc import AsyncGenerator
from typing import Final

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.clients.actions import exporting
from estafette.clients.api.clients import OfSegment
from estafette.http import StreamingResponse, get

TAGS: Final = ["Clients"]
CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/clients.csv", tags=TAGS, summary="Export clients", operation_id="exportClients", media_type=CSV)
async def export_csv(database: Database, signed_in: SignedIn, segment_id: OfSegment = None) -> StreamingResponse:
    """All, or those of a segment, with heads in the caller's language; an import reads the file again."""
    return download(await exporting.export_csv(database, signed_in, segment_id), "clients.csv", CSV)


@get(
    "/clients.xlsx",
    tags=TAGS,
    summary="Export clients as a workbook",
    operation_id="exportClientsAsWorkbook",
    media_type=XLSX,
)
async def export_workbook(database: Database, signed_in: SignedIn, segment_id: OfSegment = None) -> StreamingResponse:
    """The same as an Office Open XML workbook, in which days are days and numbers numbers."""
    return download(await exporting.export_workbook(database, signed_in, segment_id), "clients.xlsx", XLSX)


def download(pieces: AsyncGenerator[bytes, None], name: str, media_type: str) -> StreamingResponse:
    """A file to save."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, headers=headers, media_type=media_type)
