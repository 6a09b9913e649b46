"""A communication becomes the draft of another one."""

from uuid import UUID

from msgspec.structs import replace

from estafette.accounts import SignedIn, folded
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.clients import require_communications
from estafette.communications.actions.looking import existing, told
from estafette.communications.models.communications import Communication
from estafette.communications.models.rows import CommunicationRow
from estafette.communications.rules.naming import next_name
from estafette.communications.store import communications as store


async def copy(database: Database, who: SignedIn, communication_id: UUID) -> Communication:
    """A draft with all that was said of a communication but its time; raises Forbidden and UnknownCommunication."""
    require_communications(who)
    async with database.transaction() as transaction:
        old = await existing(transaction, communication_id)
        now = transaction.clock.now()
        draft = CommunicationRow(
            id=new_id(),
            name=next_name(old.name),
            kind=old.kind,
            state="draft",
            channels=old.channels,
            mode=old.mode,
            content=old.content,
            audience=old.audience,
            schedule=replace(old.schedule, send_at=None, local_time=None, of_client=False),
            segment_id=old.segment_id,
            list_id=old.list_id,
            created_at=now,
            created_by=who.person_id,
            changed_at=now,
        )
        await store.insert(transaction, draft, folded(draft.name))
        return await told(transaction, await existing(transaction, draft.id))
