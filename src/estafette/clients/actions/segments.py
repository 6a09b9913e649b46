"""Segments are made, changed and asked who belongs to them."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import replace

from estafette.accounts import Form, SignedIn, folded
from estafette.base.database import Database, Queries
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.clients.actions.attributes import known_attributes
from estafette.clients.errors import SegmentChanged, SegmentOutdated, UnknownSegment
from estafette.clients.models.attributes import Attribute
from estafette.clients.models.clients import Client
from estafette.clients.models.segments import Group, NewSegment, Segment, SegmentChanges, SegmentCount
from estafette.clients.rules import segments as rules
from estafette.clients.rules.permissions import require_communications
from estafette.clients.store import reading, segments
from estafette.clients.store.filters import Condition, condition

SHOWN: Final = 5


async def list_segments(queries: Queries, who: SignedIn) -> list[Segment]:
    """All segments by name; raises Forbidden."""
    require_communications(who)
    known = await known_attributes(queries)
    return [_told(each, known) for each in await segments.listed(queries)]


async def segment(queries: Queries, who: SignedIn, segment_id: UUID) -> Segment:
    """One segment; raises Forbidden and UnknownSegment."""
    require_communications(who)
    found = await segments.get(queries, segment_id)
    if found is None:
        raise UnknownSegment
    return _told(found, await known_attributes(queries))


async def add_segment(database: Database, who: SignedIn, new: NewSegment) -> Segment:
    """A new segment; raises Forbidden and Invalid."""
    require_communications(who)
    known = await known_attributes(database)
    with Form() as form:
        name = form.read("name", rules.name, new.name)
        rules.check_filter(form, new.filter, known)
    now = database.clock.now()
    added = Segment(id=new_id(), name=name, filter=new.filter, revision=1, created_at=now, changed_at=now)
    async with database.transaction() as transaction:
        if await segments.number(transaction) >= rules.SEGMENTS:
            raise invalid("name", "too_many", max=rules.SEGMENTS)
        if not await segments.insert(transaction, added, folded(name), who.person_id):
            raise invalid("name", "segment_name_taken")
    return added


async def change_segment(database: Database, who: SignedIn, segment_id: UUID, changes: SegmentChanges) -> Segment:
    """Another name or filter; raises Forbidden, UnknownSegment, SegmentChanged and Invalid."""
    require_communications(who)
    known = await known_attributes(database)
    with Form() as form:
        name = form.read_change("name", rules.name, changes.name, "")
        if changes.filter is not UNSET:
            rules.check_filter(form, changes.filter, known)
    async with database.transaction() as transaction:
        old = await segments.lock(transaction, segment_id)
        if old is None:
            raise UnknownSegment
        if old.revision != changes.revision:
            raise SegmentChanged
        now = transaction.clock.now()
        new = replace(
            old,
            name=name or old.name,
            filter=old.filter if changes.filter is UNSET else changes.filter,
            revision=old.revision + 1,
            changed_at=now,
        )
        if not await segments.update(transaction, new, folded(new.name), now):
            raise invalid("name", "segment_name_taken")
    return _told(new, known)


async def delete_segment(database: Database, who: SignedIn, segment_id: UUID) -> None:
    """Takes a segment away, its clients stay; raises Forbidden and UnknownSegment."""
    require_communications(who)
    if not await segments.delete(database, segment_id):
        raise UnknownSegment


async def count_filter(database: Database, who: SignedIn, group: Group) -> SegmentCount:
    """How many clients a filter meets, and some of them; raises Forbidden and Invalid."""
    require_communications(who)
    known = await known_attributes(database)
    with Form() as form:
        rules.check_filter(form, group, known)
    clients = await reading.count_about(database)
    async with database.transaction() as transaction:
        count, exact = await segments.count(transaction, group, known, clients)
    some, _ = await segments.page(database, group, known, None, SHOWN)
    return SegmentCount(count=count, exact=exact, clients=clients, some=some)


async def segment_page(
    database: Database, segment_id: UUID, after: reading.Place | None, limit: int
) -> tuple[list[Client], reading.Place | None]:
    """Clients of a segment by name, and where to look on; raises UnknownSegment and SegmentOutdated."""
    group, known = await usable_filter(database, segment_id)
    return await segments.page(database, group, known, after, limit)


async def usable_filter(queries: Queries, segment_id: UUID) -> tuple[Group, dict[str, Attribute]]:
    """The filter of a segment with the attributes there are; raises UnknownSegment and SegmentOutdated."""
    found = await segments.get(queries, segment_id)
    if found is None:
        raise UnknownSegment
    known = await known_attributes(queries)
    if missing := rules.missing(found.filter, known):
        raise SegmentOutdated(attributes=", ".join(missing))
    return found.filter, known


async def segment_condition(queries: Queries, segment_id: UUID, first: int) -> Condition:
    """Who belongs to a segment, as a condition about a client `c` with places from `first`.

    Raises UnknownSegment and SegmentOutdated.
    """
    group, known = await usable_filter(queries, segment_id)
    return condition(group, known, first)


def _told(found: Segment, known: Mapping[str, Attribute]) -> Segment:
    return replace(found, missing=rules.missing(found.filter, known))
