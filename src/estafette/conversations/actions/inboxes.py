"""The inbox of a partner, which may be very long: what is unread in it is not looked for where all was read before."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Database
from estafette.conversations.actions.presenting import Cursor
from estafette.conversations.store import conversations, read_through

FAR: Final = 500
"""Conversations: to walk so far takes some milliseconds."""
SETTLED: Final = timedelta(minutes=5)
"""No message is committed so long after the time that it bears."""


async def list_two_sided(
    database: Database,
    person_id: UUID,
    *,
    party_id: UUID | None,
    unread: bool | None,
    before: Cursor | None,
    limit: int,
    **how: Any,
) -> list[Any]:
    """What the statement of that name finds; what is unread of a partner is looked for in what came of late.

    Where it was found by a long walk, it is noted up to when all is read.
    """
    if not unread or party_id is None or party_id == person_id:
        return await conversations.list_two_sided(
            database, person_id, party_id=party_id, unread=unread, before=before, limit=limit, **how
        )
    ask: dict[str, Any] = {"party_id": party_id, "unread": True, "before": before, "limit": limit, **how}
    until = await read_through.until(database, person_id, party_id)
    ids: list[UUID] | None = None
    if until is not None:
        ids = await read_through.unread(database, person_id, party_id, until, before[0] if before else None, FAR)
    # More than so many are found sooner by walking.
    found = await conversations.list_two_sided(
        database, person_id, ids=ids if ids is not None and len(ids) < FAR else None, **ask
    )
    if before is None and len(found) < limit:
        await _note(database, person_id, party_id, until)
    return [row for row in found if row["last_message_at"] is not None]


async def _note(database: Database, person_id: UUID, party_id: UUID, after: datetime | None) -> None:
    until = database.clock.now() - SETTLED
    if not await read_through.reaches(database, party_id, after, until, FAR):
        return
    async with database.transaction() as transaction:
        await read_through.take_turns(transaction, person_id)
        await read_through.note(transaction, person_id, party_id, until)
