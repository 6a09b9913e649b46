"""Looking at communications: one with all that was said of it, and pages of many."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec.structs import asdict

from estafette.accounts import Form, SignedIn, folded, line
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database, Queries
from estafette.clients import require_communications
from estafette.communications.actions import audiences
from estafette.communications.errors import UnknownCommunication
from estafette.communications.models.communications import (
    Communication,
    Communications,
    State,
    Summary,
    Totals,
)
from estafette.communications.models.rows import CommunicationRow
from estafette.communications.rules.times import storable
from estafette.communications.store import communications as store
from estafette.communications.store.totals import totals

_query: Final = line(120, shortest=0)
_SHOWN: Final = frozenset(Summary.__struct_fields__) - {"totals"}


async def find(database: Database, who: SignedIn, communication_id: UUID) -> Communication:
    """One communication; raises Forbidden and UnknownCommunication."""
    require_communications(who)
    return await told(database, await existing(database, communication_id))


async def list_communications(
    database: Database,
    who: SignedIn,
    states: Sequence[State],
    search: str | None,
    since: datetime | None,
    until: datetime | None,
    cursor: str | None,
    limit: int,
) -> Communications:
    """Communications by their time, the latest first: when they begin or, as long as nobody said so, were made.

    Those in some states, all without any; whose name has the words; whose time is from `since` and before `until`.
    Raises Forbidden and Invalid.
    """
    require_communications(who)
    with Form() as form:
        words = form.read("q", _query, search or "")
        for name, value in (("from", since), ("until", until)):
            if value is not None and value.tzinfo is None:
                form.refuse(name, "time_without_zone")
    since, until = (None if each is None else storable(each) for each in (since, until))
    found = await store.page(database, states, folded(words), since, until, read_cursor(cursor), limit + 1)
    rows = [row for row, _ in found[:limit]]
    counted = await totals(database, [row.id for row in rows])
    place = found[limit - 1][1] if len(found) > limit else None
    return Communications(items=[_summary(row, counted[row.id]) for row in rows], next=write_cursor(place))


async def existing(queries: Queries, communication_id: UUID) -> CommunicationRow:
    """A communication as it is stored; raises UnknownCommunication."""
    found = await store.get(queries, communication_id)
    if found is None:
        raise UnknownCommunication
    return found


async def told(queries: Queries, row: CommunicationRow) -> Communication:
    """A communication with its totals, and its audience as it was given."""
    counted = await totals(queries, [row.id])
    known: dict[str, Any] = asdict(row) | {
        "audience": await audiences.shown(queries, row.audience),
        "totals": counted[row.id],
    }
    return Communication(**{name: known[name] for name in Communication.__struct_fields__})


def _summary(row: CommunicationRow, counted: Totals) -> Summary:
    return Summary(totals=counted, **{name: getattr(row, name) for name in _SHOWN})
