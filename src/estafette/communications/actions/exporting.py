"""Exporting: all recipients of a communication and what became of each, as a table for spreadsheets."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.phones import spaced
from estafette.base.tables.cells import Cell
from estafette.base.tables.csv_lines import MARK, lines
from estafette.base.tables.workbooks import written
from estafette.clients import require_communications
from estafette.communications.actions.looking import existing
from estafette.communications.actions.reporting import recipients_page
from estafette.communications.models.communications import Status
from estafette.communications.models.content import Channel
from estafette.communications.store.recipients import Place
from estafette.communications.texts import COLUMNS

AT_ONCE: Final = 500

Batches = AsyncGenerator[list[list[Cell]], None]


async def export_csv(
    database: Database, who: SignedIn, communication_id: UUID, channel: Channel | None, status: Status | None
) -> AsyncGenerator[bytes, None]:
    """The table in pieces that are written while they are read.

    Raises Forbidden and UnknownCommunication before the first.
    """
    heads, batches = await _table(database, who, communication_id, channel, status)

    async def pieces() -> AsyncGenerator[bytes, None]:
        yield MARK + lines([heads], who.language)
        async for rows in batches:
            yield lines(rows, who.language)

    return pieces()


async def export_workbook(
    database: Database, who: SignedIn, communication_id: UUID, channel: Channel | None, status: Status | None
) -> AsyncGenerator[bytes, None]:
    """The same as a workbook, of which the first piece comes when all is written; raises DiskFull, too."""
    heads, batches = await _table(database, who, communication_id, channel, status)
    return (await written(heads, batches)).pieces()


async def _table(
    database: Database, who: SignedIn, communication_id: UUID, channel: Channel | None, status: Status | None
) -> tuple[list[Cell], Batches]:
    require_communications(who)
    await existing(database, communication_id)
    zone = ZoneInfo(who.time_zone)

    async def batches() -> Batches:
        after: Place | None = None
        while True:
            some, after = await recipients_page(database, communication_id, channel, status, after, AT_ONCE)
            if some:
                yield [_row(each, zone) for each in some]
            if after is None:
                return

    return [each.say(who.language) for each in COLUMNS], batches()


def _row(row: Any, zone: ZoneInfo) -> list[Cell]:
    address = row["address"] or ""
    return [
        str(row["client_id"]),
        row["external_id"] or "",
        row["name"] or "",
        row["channel"],
        spaced(address) if row["channel"] != "email" and address else address,
        row["status"],
        row["reason"] or "",
        _moment(row["not_before"], zone),
        _moment(row["changed_at"], zone),
    ]


def _moment(at: datetime | None, zone: ZoneInfo) -> Cell:
    return "" if at is None else at.astimezone(zone).replace(tzinfo=None)
