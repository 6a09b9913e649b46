"""Reading on in the streams of persons and partners: what is not tied to one conversation."""

from uuid import UUID

from estafette.accounts.models.people import ORGANISATION, SignedIn
from estafette.accounts.models.streams import StreamChange, StreamChanges
from estafette.accounts.rules.permissions import require_employee
from estafette.base import changes
from estafette.base.database import Database
from estafette.base.errors import NotFound


async def own_changes(database: Database, who: SignedIn, after: int, limit: int) -> StreamChanges:
    """What changed on the stream of the person after a number, at most `limit` changes."""
    return await _changes(database, who.person_id, after, limit)


async def partner_changes(database: Database, who: SignedIn, partner_id: UUID, after: int, limit: int) -> StreamChanges:
    """The same for a partner that the person acts for; raises NotFound for all others."""
    if partner_id not in who.partners:
        raise NotFound
    return await _changes(database, partner_id, after, limit)


async def organisation_changes(database: Database, who: SignedIn, after: int, limit: int) -> StreamChanges:
    """The same for the organisation: who of its people changed, came or went; raises Forbidden for strangers to it."""
    require_employee(who)
    return await _changes(database, ORGANISATION, after, limit)


async def _changes(database: Database, party_id: UUID, after: int, limit: int) -> StreamChanges:
    head = (await changes.heads(database, [party_id])).get(party_id, 0)
    until = min(head, after + limit)
    found = await changes.read(database, party_id, after, until - after) if until > after else []
    return StreamChanges(
        party_id=party_id,
        after=after,
        until=until,
        head=head,
        changes=[StreamChange(number=one.number, kind=one.kind, subject=one.subject, at=one.at) for one in found],
    )
