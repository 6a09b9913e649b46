"""Exporting: all clients, or those of a segment, as a table for spreadsheets that an import can read again."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from datetime import date
from typing import Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.languages import Language
from estafette.base.phones import spaced
from estafette.base.tables.cells import Cell
from estafette.base.tables.csv_lines import MARK, lines
from estafette.base.tables.workbooks import written
from estafette.clients.actions.attributes import known_attributes
from estafette.clients.actions.segments import usable_filter
from estafette.clients.models.attributes import Attribute
from estafette.clients.models.clients import CHANNELS, Client
from estafette.clients.models.segments import Group
from estafette.clients.rules.permissions import require_communications
from estafette.clients.store import segments
from estafette.clients.texts import AGREED, COLUMNS, NO, YES

AT_ONCE: Final = 500
_EVERYBODY: Final = Group()

Batches = AsyncGenerator[list[list[Cell]], None]


async def export_csv(database: Database, who: SignedIn, segment_id: UUID | None) -> AsyncGenerator[bytes, None]:
    """The table in pieces that are written while they are read.

    Raises Forbidden, UnknownSegment and SegmentOutdated before the first.
    """
    heads, batches = await _table(database, who, segment_id)

    async def pieces() -> AsyncGenerator[bytes, None]:
        yield MARK + lines([heads], who.language)
        async for rows in batches:
            yield lines(rows, who.language)

    return pieces()


async def export_workbook(database: Database, who: SignedIn, segment_id: UUID | None) -> AsyncGenerator[bytes, None]:
    """The same as a workbook, of which the first piece comes when all is written; raises DiskFull, too."""
    heads, batches = await _table(database, who, segment_id)
    return (await written(heads, batches)).pieces()


async def _table(database: Database, who: SignedIn, segment_id: UUID | None) -> tuple[list[Cell], Batches]:
    require_communications(who)
    if segment_id is None:
        group, known = _EVERYBODY, await known_attributes(database)
    else:
        group, known = await usable_filter(database, segment_id)
    heads: list[Cell] = [each.say(who.language) for each in COLUMNS]
    heads += [AGREED[channel].say(who.language) for channel in CHANNELS]
    heads += [each.label for each in known.values()]

    async def batches() -> Batches:
        after: UUID | None = None
        while some := await segments.export_page(database, group, known, after, AT_ONCE):
            yield [_row(each, known, who.language) for each in some]
            after = some[-1].id

    return heads, batches()


def _row(client: Client, known: Mapping[str, Attribute], language: Language) -> list[Cell]:
    return [
        client.external_id or "",
        client.name,
        client.email or "",
        spaced(client.phone) if client.phone else "",
        spaced(client.whatsapp) if client.whatsapp else "",
        client.language or "",
        client.time_zone or "",
        *(_agreed(client, channel, language) for channel in CHANNELS),
        *(_value(client, attribute, language) for attribute in known.values()),
    ]


def _agreed(client: Client, channel: str, language: Language) -> str:
    if channel in client.consented:
        return YES.say(language)
    return NO.say(language) if channel in client.refused else ""


def _value(client: Client, attribute: Attribute, language: Language) -> Cell:
    value = client.attributes.get(attribute.key)
    if value is None:
        return ""
    if isinstance(value, bool):
        return (YES if value else NO).say(language)
    if attribute.kind == "date" and isinstance(value, str):
        # Of an attribute that was another before a value may have stayed that is no day.
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value
