"""Administrators register document systems, change them, try them and remove them."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.bus import event
from estafette.base.database import Database, Queries
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.documents.actions.asking import Documents
from estafette.documents.actions.connectors import Unreachable
from estafette.documents.actions.telling import WAITING
from estafette.documents.errors import EmailNotConfirmed, UnknownDocumentSystem
from estafette.documents.models.connector import CardsAnswer, CardsQuestion
from estafette.documents.models.systems import (
    DocumentSystem,
    DocumentSystems,
    NewSystem,
    SystemChanges,
    SystemRow,
    TrialResult,
)
from estafette.documents.rules import systems as rules
from estafette.documents.store import systems as store


async def list_systems(database: Database, who: SignedIn) -> DocumentSystems:
    """All systems by name; raises Forbidden."""
    rules.require_administrator(who)
    return DocumentSystems(items=await store.described(database))


async def add_system(
    database: Database, vault: Vault, who: SignedIn, given: NewSystem, *, private_addresses: bool = False
) -> DocumentSystem:
    """Registers a system; raises Forbidden and Invalid. `private_addresses`: its connector may be near."""
    rules.require_administrator(who)
    async with database.transaction() as transaction:
        others = await store.lock(transaction)
        checked = rules.check_new(given, others, private_addresses=private_addresses)
        if len(others) >= rules.SYSTEMS:
            raise invalid("name", "too_many", max=rules.SYSTEMS)
        id_ = new_id()
        row = SystemRow(
            id=id_,
            name=checked.name,
            patterns=checked.patterns,
            connector=checked.connector,
            credential=vault.encrypt(checked.credential.encode(), id_.bytes),
            changed_at=transaction.clock.now(),
        )
        await store.insert(transaction, row, who.person_id)
        return await _described(transaction, id_)


async def change_system(
    database: Database,
    vault: Vault,
    who: SignedIn,
    system_id: UUID,
    given: SystemChanges,
    *,
    private_addresses: bool = False,
) -> DocumentSystem:
    """Changes what was mentioned; raises Forbidden, UnknownDocumentSystem and Invalid."""
    rules.require_administrator(who)
    async with database.transaction() as transaction:
        all_ = await store.lock(transaction)
        old = next((each for each in all_ if each.id == system_id), None)
        if old is None:
            raise UnknownDocumentSystem
        others = [each for each in all_ if each.id != system_id]
        checked = rules.check_changes(old, given, others, private_addresses=private_addresses)
        row = SystemRow(
            id=old.id,
            name=checked.name,
            patterns=checked.patterns,
            connector=checked.connector,
            credential=(
                vault.encrypt(checked.credential.encode(), old.id.bytes) if checked.credential else old.credential
            ),
            changed_at=transaction.clock.now(),
        )
        await store.update(transaction, row)
        transaction.announce(event(WAITING, None))
        return await _described(transaction, system_id)


async def remove_system(database: Database, who: SignedIn, system_id: UUID) -> None:
    """Removes a system with all that was acknowledged; raises Forbidden and UnknownDocumentSystem."""
    rules.require_administrator(who)
    async with database.transaction() as transaction:
        if not await store.delete(transaction, system_id):
            raise UnknownDocumentSystem


async def try_system(documents: Documents, who: SignedIn, system_id: UUID) -> TrialResult:
    """Asks a connector about no document, also where it has just failed.

    Raises Forbidden, UnknownDocumentSystem and EmailNotConfirmed: no system hears of an address that is not confirmed.
    """
    rules.require_administrator(who)
    system = next((each for each in await store.all_(documents.database) if each.id == system_id), None)
    if system is None:
        raise UnknownDocumentSystem
    reader = await documents.reader(who)
    if reader is None:
        raise EmailNotConfirmed
    question = CardsQuestion(reader=reader, documents=[])
    try:
        await documents.connectors.ask(system, "cards", question, CardsAnswer, anyway=True)
    except Unreachable as failure:
        return TrialResult(reason=failure.reason, status=failure.status)
    return TrialResult()


async def _described(queries: Queries, system_id: UUID) -> DocumentSystem:
    return next(each for each in await store.described(queries) if each.id == system_id)
