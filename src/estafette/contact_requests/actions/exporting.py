"""Exporting: all requests that a filter meets, as a table for spreadsheets."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Final
from uuid import UUID

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.languages import Language
from estafette.base.phones import spaced
from estafette.base.tables.cells import Cell
from estafette.base.tables.csv_lines import MARK, lines
from estafette.base.tables.workbooks import written
from estafette.contact_requests.actions.listing import Filters, list_requests
from estafette.contact_requests.models.requests import ContactRequest
from estafette.contact_requests.rules.periods import local
from estafette.contact_requests.texts import COLUMNS, STATE_NAMES

AT_ONCE: Final = 50
"""Rows that are read and written at a time: of a workbook that is 7 ms, for which others wait."""

Batches = AsyncGenerator[list[list[Cell]], None]


async def export_csv(
    database: Database, who: SignedIn, partner_id: UUID, filters: Filters
) -> AsyncGenerator[bytes, None]:
    """The table in pieces that are written while they are read, newest first, times in the partner's zone.

    Raises NotFound and Invalid before the first.
    """
    batches = await _batches(database, who, partner_id, filters)

    async def pieces() -> AsyncGenerator[bytes, None]:
        yield MARK + lines([_heads(who.language)], who.language)
        async for rows in batches:
            yield lines(rows, who.language)

    return pieces()


async def export_workbook(
    database: Database, who: SignedIn, partner_id: UUID, filters: Filters
) -> AsyncGenerator[bytes, None]:
    """The same as a workbook (Office Open XML) in pieces, of which the first comes when all is written.

    Raises NotFound and Invalid, and DiskFull when there is no room for it.
    """
    batches = await _batches(database, who, partner_id, filters)
    return (await written(_heads(who.language), batches)).pieces()


async def _batches(database: Database, who: SignedIn, partner_id: UUID, filters: Filters) -> Batches:
    items, before = await list_requests(database, who, partner_id, filters, limit=AT_ONCE)
    zone = (await accounts.partner_zones(database, [partner_id]))[partner_id]

    async def batches(items: list[ContactRequest], before: tuple[datetime, UUID] | None) -> Batches:
        while True:
            yield [_row(each, zone, who.language) for each in items]
            if before is None:
                return
            items, before = await list_requests(database, who, partner_id, filters, before, AT_ONCE)

    return batches(items, before)


def _heads(language: Language) -> list[Cell]:
    return [each.say(language) for each in COLUMNS]


def _row(request: ContactRequest, zone: str, language: Language) -> list[Cell]:
    return [
        local(request.created_at, zone),
        STATE_NAMES[request.state].say(language),
        request.advert.reference,
        request.advert.title,
        request.name,
        request.email,
        spaced(request.phone),
        request.starts_at,
        request.message,
        request.assigned_to.name if request.assigned_to else "",
        str(request.id),
        str(request.repeat_of or ""),
    ]
