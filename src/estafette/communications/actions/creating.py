"""Communications are scheduled, or kept as drafts: all is checked before anything is stored."""

from uuid import UUID

from msgspec.structs import replace

from estafette.accounts import Form, SignedIn, folded
from estafette.base.bus import event
from estafette.base.database import Database, Transaction
from estafette.base.ids import new_id
from estafette.clients import require_communications
from estafette.communications.actions import audiences
from estafette.communications.actions.looking import existing, told
from estafette.communications.actions.readiness import check_reachable, check_texts
from estafette.communications.models.audiences import ClientsAudience
from estafette.communications.models.communications import Communication, NewCommunication
from estafette.communications.models.rows import CommunicationRow
from estafette.communications.models.work import COMMUNICATIONS_CHANGED
from estafette.communications.rules import checking
from estafette.communications.rules.naming import name_from
from estafette.communications.rules.times import resolve
from estafette.communications.store import communications as store


async def create(database: Database, who: SignedIn, new: NewCommunication) -> Communication:
    """A new communication, scheduled or a draft; raises Forbidden and Invalid, and leaves nothing then."""
    require_communications(who)
    now = database.clock.now()
    with Form() as form:
        name = checking.check_limits(form, new, now)
        if not new.draft:
            checking.check_whole(form, new)
    async with database.transaction() as transaction:
        kept = await audiences.keep(transaction, who.person_id, new.audience, draft=new.draft)
        row = CommunicationRow(
            id=new_id(),
            name=name or name_from(new.content),
            kind=new.kind,
            state="draft",
            channels=new.channels,
            mode=new.mode,
            content=new.content,
            audience=kept.audience,
            schedule=new.schedule,
            segment_id=kept.segment_id,
            list_id=kept.list_id,
            created_at=now,
            created_by=who.person_id,
            changed_at=now,
        )
        if not new.draft:
            row = await scheduled(transaction, row, new)
        await store.insert(transaction, row, folded(row.name))
        announce(transaction, row.id)
        return await told(transaction, await existing(transaction, row.id))


async def scheduled(
    transaction: Transaction, row: CommunicationRow, new: NewCommunication, *, moved: bool = True
) -> CommunicationRow:
    """The row as one that is due at its time, once its texts and, where it has `moved`, its time are right.

    Raises Invalid.
    """
    await check_texts(transaction, new, row.audience)
    if new.kind == "transactional" and isinstance(new.audience, ClientsAudience):
        await check_reachable(transaction, new, new.audience.ids[0])
    if not moved:
        return row
    at = resolve(row.schedule, transaction.clock.now())
    return replace(row, state="scheduled", send_at=at.send_at, starts_at=at.starts_at, expires_at=at.expires_at)


def announce(transaction: Transaction, communication_id: UUID) -> None:
    """Tells workers to look, once this is committed."""
    transaction.announce(event(COMMUNICATIONS_CHANGED, communication_id))
