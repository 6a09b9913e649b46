"""Looking at the register: one client with all that is known, and pages of many."""

from typing import Final
from uuid import UUID

from msgspec.structs import asdict

from estafette.accounts import Card, Form, SignedIn
from estafette.base.cursors import read_name_cursor, write_cursor
from estafette.base.database import Database, Queries
from estafette.clients.actions.segments import segment_page
from estafette.clients.errors import UnknownClient
from estafette.clients.models.clients import ClientDetails, Clients, Consent
from estafette.clients.rules import fields
from estafette.clients.rules.permissions import require_communications
from estafette.clients.store import reading
from estafette.clients.store.people import card

CONSENTS: Final = 200


async def list_clients(
    database: Database, who: SignedIn, q: str | None, segment_id: UUID | None, cursor: str | None, limit: int
) -> Clients:
    """Clients by name; every word of `q` begins a word of the name, e-mail address, external id or phone number.

    Those whose name begins with what was typed come first. Of a segment they are those that belong to it; `q` is not
    looked at then. Raises Forbidden, Invalid, UnknownSegment and SegmentOutdated.
    """
    require_communications(who)
    with Form() as form:
        typed = form.read("q", fields.query, q)
    beginning, words = typed
    after = read_name_cursor(cursor)
    if segment_id is not None:
        items, following = await segment_page(database, segment_id, after, limit)
        return Clients(items=items, next=write_cursor(following))
    if q and q.strip() and not beginning:
        return Clients(items=[])  # signs without a word
    found: list[tuple[reading.Client, reading.Place]] = []
    among_beginnings = after is None or after[0].startswith(beginning)
    if among_beginnings:
        found = await reading.by_beginning(database, beginning, after, limit + 1)
    if words and len(found) <= limit:
        rest = limit + 1 - len(found)
        found += await reading.by_words(database, words, beginning, None if among_beginnings else after, rest)
    place = found[limit - 1][1] if len(found) > limit else None
    return Clients(items=[one for one, _ in found[:limit]], next=write_cursor(place))


async def client(database: Database, who: SignedIn, client_id: UUID) -> ClientDetails:
    """One client; raises Forbidden and UnknownClient."""
    require_communications(who)
    return await details(database, client_id)


async def details(queries: Queries, client_id: UUID) -> ClientDetails:
    """One client with the history of its consents; raises UnknownClient."""
    found = await reading.get(queries, client_id)
    if found is None:
        raise UnknownClient
    history = await reading.consents(queries, client_id, CONSENTS)
    return ClientDetails(
        **asdict(found),
        person=await card(queries, found.person_id) if found.person_id else None,
        consents=[
            Consent(
                channel=row["channel"],
                given=row["given"],
                source=row["source"],
                at=row["at"],
                recorded_by=Card(id=row["recorded_by"], name=row["name"] or "", picture=row["picture"])
                if row["recorded_by"]
                else None,
            )
            for row in history
        ],
    )
