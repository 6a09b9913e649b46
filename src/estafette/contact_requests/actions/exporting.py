"""Exporting: all requests that a filter meets, as a table that is written while it is read."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Final
from uuid import UUID

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.languages import Language
from estafette.contact_requests.actions.listing import Filters, list_requests
from estafette.contact_requests.models.requests import ContactRequest
from estafette.contact_requests.rules.periods import moment
from estafette.contact_requests.rules.spreadsheets import MARK, lines
from estafette.contact_requests.texts import COLUMNS, STATE_NAMES

AT_ONCE: Final = 500


async def export_requests(
    database: Database, who: SignedIn, partner_id: UUID, filters: Filters
) -> AsyncGenerator[bytes, None]:
    """The table in pieces, newest first, times in the partner's zone; raises NotFound and Invalid before the first."""
    items, before = await list_requests(database, who, partner_id, filters, limit=AT_ONCE)
    zone = (await accounts.partner_zones(database, [partner_id]))[partner_id]

    async def pieces(items: list[ContactRequest], before: tuple[datetime, UUID] | None) -> AsyncGenerator[bytes, None]:
        yield MARK + lines([[each.say(who.language) for each in COLUMNS]])
        while True:
            yield lines(_row(each, zone, who.language) for each in items)
            if before is None:
                return
            items, before = await list_requests(database, who, partner_id, filters, before, AT_ONCE)

    return pieces(items, before)


def _row(request: ContactRequest, zone: str, language: Language) -> list[str]:
    return [
        moment(request.created_at, zone),
        STATE_NAMES[request.state].say(language),
        request.advert.reference,
        request.advert.title,
        request.name,
        request.email,
        request.phone,
        request.starts_at.isoformat(),
        request.message,
        request.assigned_to.name if request.assigned_to else "",
        str(request.id),
        str(request.repeat_of or ""),
    ]
