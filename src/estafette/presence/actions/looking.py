"""Who is there, asked once."""

from collections.abc import Sequence
from uuid import UUID

from estafette.accounts import SignedIn, require_employee
from estafette.base.database import Database
from estafette.presence.models.presences import ChosenStatus, OwnPresence, Presence, PresenceRow, Presences
from estafette.presence.rules import checking
from estafette.presence.rules.showing import chosen_at, own_presence_at, presence_at
from estafette.presence.store import presences as store


async def find_presences(database: Database, who: SignedIn, people: str) -> Presences:
    """The presence of at most 200 people; who is no employee is missing. Raises Forbidden, and Invalid on `people`."""
    require_employee(who)
    return Presences(items=await presences(database, checking.people(people)))


async def presences(database: Database, people: Sequence[UUID]) -> list[Presence]:
    """The presence of those among some people who are employees."""
    now = database.clock.now()
    return [presence_at(row, now) for row in await store.read(database, people, database.clock.shift)]


async def chosen_statuses(database: Database, people: Sequence[UUID]) -> dict[UUID, ChosenStatus]:
    """What employees set by hand, while it holds, whether they are connected or not."""
    now = database.clock.now()
    rows = await store.read(database, people, database.clock.shift)
    return {row.person_id: chosen for row in rows if (chosen := chosen_at(row, now)) is not None}


async def own_presence(database: Database, who: SignedIn) -> OwnPresence:
    """One's own presence; raises Forbidden for who is no employee."""
    require_employee(who)
    rows = await store.read(database, [who.person_id], database.clock.shift)
    # Who has just left the organisation is no row of it any more.
    row = rows[0] if rows else PresenceRow(person_id=who.person_id)
    return own_presence_at(row, database.clock.now())
