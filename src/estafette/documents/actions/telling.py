"""Telling connectors who has acknowledged what: until each has taken it, and by a key that makes it count once."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

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
        of_systems: dict[UUID, list[Due]] = {}
        for each in due:
            of_systems.setdefault(each.system_id, []).append(each)
        # Of a system that was removed since, this is gone as well.
        await asyncio.gather(
            *(
                _tell_system(database, connectors, by_id[id_], of_systems[id_])
                for id_ in of_systems.keys() & by_id.keys()
            )
        )
    return len(due) == TOGETHER


async def _tell_system(database: Database, connectors: Connectors, system: SystemRow, due: Sequence[Due]) -> None:
    """Tells a system of what is due there, or puts off all of it at once where it does not answer at all."""
    due = sorted(due, key=lambda each: each.attempts, reverse=True)
    # After a failure one goes ahead: where nobody answers yet, the others need not wait for that one by one.
    ahead = len(due) if due[0].attempts == 1 else 1
    for some in (due[:ahead], due[ahead:]):
        answered = await asyncio.gather(*(_tell(database, connectors, system, each) for each in some))
        if not all(answered):
            attempts = due[0].attempts
            await store.put_off_all(database, system.id, attempts, database.clock.now() + pause_after(attempts))
            return


async def _tell(database: Database, connectors: Connectors, system: SystemRow, due: Due) -> bool:
    """Tells a system of an acknowledgement; False where it does not answer at all."""
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
        if failure.lasting:
            return False
        await store.put_off(database, due.id, database.clock.now() + pause_after(due.attempts))
    else:
        await store.taken(database, due.id)
    return True
