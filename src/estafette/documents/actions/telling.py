"""Telling connectors who has acknowledged what: until each has taken it, and by a key that makes it count once."""

import asyncio
from datetime import timedelta
from typing import Final

from estafette.base.database import Database
from estafette.documents.actions.connectors import Connectors, Unreachable
from estafette.documents.models.acknowledgements import Due
from estafette.documents.models.connector import Reader, Told
from estafette.documents.models.systems import SystemRow
from estafette.documents.rules.retrying import pause_after
from estafette.documents.store import acknowledgements as store
from estafette.documents.store import systems

WAITING: Final = "document_acknowledgements"
TOGETHER: Final = 8
# Longer than telling can take: what a dead worker was about to tell is told after this.
LEASE: Final = timedelta(seconds=60)


async def tell_some(database: Database, connectors: Connectors) -> bool:
    """Tells of some acknowledgements that are due; whether there may be more."""
    now = database.clock.now()
    due = await store.claim(database, TOGETHER, now, now + LEASE)
    if due:
        by_id = {each.id: each for each in await systems.all_(database)}
        await asyncio.gather(*(_tell(database, connectors, by_id.get(each.system_id), each) for each in due))
    return len(due) == TOGETHER


async def _tell(database: Database, connectors: Connectors, system: SystemRow | None, due: Due) -> None:
    if system is None:
        # It was removed since, and this with it.
        return
    told = Told(
        id=due.id,
        reader=Reader(id=due.person_id, email=due.email),
        document=due.document,
        version=due.version,
        acknowledged_at=due.acknowledged_at,
    )
    try:
        await connectors.tell(system, "acknowledgements", told, due.id)
    except Unreachable as failure:
        until = database.clock.now() + pause_after(due.attempts)
        if failure.lasting:
            await store.put_off_all(database, system.id, until)
        else:
            await store.put_off(database, due.id, until)
    else:
        await store.taken(database, due.id)
