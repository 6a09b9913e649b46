"""What waits for an employee in all systems, to be signed or acknowledged."""

import asyncio
from datetime import date

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.documents.actions.asking import Documents
from estafette.documents.actions.connectors import Unreachable
from estafette.documents.models.cards import Document, SilentSystem, Waiting, WaitingDocument
from estafette.documents.models.connector import GrantedDocument, Reader
from estafette.documents.models.systems import SystemRow
from estafette.documents.rules.showing import shown
from estafette.documents.store import systems as store


async def waiting(documents: Documents, who: SignedIn) -> Waiting:
    """The nearest deadline first, with the systems that could not be asked; raises Forbidden."""
    accounts.require_employee(who)
    systems = await store.all_(documents.database)
    reader = await documents.reader(who) if systems else None
    if reader is None:
        return Waiting(items=[], silent=[], systems=len(systems), email_confirmed=not systems)
    answers = await asyncio.gather(*(_waiting(documents, reader, each) for each in systems))
    found: list[tuple[SystemRow, GrantedDocument]] = []
    silent: list[SilentSystem] = []
    for system, answer in zip(systems, answers, strict=True):
        if isinstance(answer, Unreachable):
            silent.append(SilentSystem(system=system.name, reason=answer.reason))
        else:
            found += [(system, each) for each in answer]
    own = await documents.own(who, [(system.id, each.document) for system, each in found])
    items = [
        WaitingDocument(system_id=system.id, system=system.name, document=document)
        for system, each in found
        if _waits(document := shown(system, each, own.get((system.id, each.document, each.version))))
    ]
    items.sort(key=lambda each: (each.document.deadline or date.max, each.document.title))
    return Waiting(items=items, silent=silent, systems=len(systems), email_confirmed=True)


async def _waiting(documents: Documents, reader: Reader, system: SystemRow) -> list[GrantedDocument] | Unreachable:
    try:
        return await documents.waiting(reader, system)
    except Unreachable as failure:
        return failure


def _waits(document: Document) -> bool:
    """What was acknowledged here waits no more, also where the system has not been told yet."""
    return document.status == "to_sign" or (document.acknowledge and document.acknowledged_at is None)
