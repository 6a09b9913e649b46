"""What failed is sent again: as a communication of its own, to those whom nothing of the first has reached."""

from uuid import UUID

from msgspec.structs import replace

from estafette.accounts import SignedIn, folded
from estafette.base.database import Database
from estafette.base.errors import FieldError, Invalid
from estafette.base.ids import new_id
from estafette.clients import require_communications
from estafette.communications.actions.changing import locked
from estafette.communications.actions.creating import announce
from estafette.communications.actions.looking import existing, told
from estafette.communications.errors import NotEnded, NothingFailed
from estafette.communications.models.audiences import ListAudience
from estafette.communications.models.communications import ENDED, Communication
from estafette.communications.models.content import Channel
from estafette.communications.models.lists import ClientList
from estafette.communications.models.rows import CommunicationRow
from estafette.communications.rules.naming import next_name
from estafette.communications.rules.times import resolve
from estafette.communications.store import communications as store
from estafette.communications.store import failures, lists
from estafette.deliveries import BATCHES

FAILED = ("SYSTEM_ERROR", "RECEIVER_ERROR", "OPERATOR_ERROR", "EXPIRED")
"""What is known not to have arrived: what is uncertain may have, and is not sent again."""


async def resend_failed(
    database: Database, who: SignedIn, communication_id: UUID, channel: Channel | None
) -> Communication:
    """A new communication, at once, with the same words to those for whom it failed; each of them once.

    Where several channels failed together one of them is named. Raises Forbidden, UnknownCommunication, NotEnded,
    NothingFailed and Invalid.
    """
    require_communications(who)
    async with database.transaction() as transaction:
        # Locked, so that two at a time do not send it twice.
        old = await locked(transaction, communication_id)
        if old.state not in ENDED:
            raise NotEnded(state=old.state)
        channels: list[Channel] | None = old.channels if old.mode == "ladder" else [channel] if channel else None
        if channels is None:
            failed = await failures.channels(transaction, BATCHES, old.id, FAILED)
            if len(failed) > 1:
                raise Invalid(FieldError("channel", "channel_required", {}, {"channels": failed}))
            channels = [each for each in old.channels if each in failed]
        now = transaction.clock.now()
        kept = ClientList(id=new_id(), name="", clients=0, created_at=now)
        await lists.insert(transaction, kept, who.person_id, named=False)
        count = await failures.add_failed(transaction, kept.id, BATCHES, old.id, channels, FAILED)
        if not count:
            raise NothingFailed
        await lists.count(transaction, kept.id, count)
        at_once = replace(old.schedule, send_at=None, local_time=None, of_client=False)
        at = resolve(at_once, now)
        again = CommunicationRow(
            id=new_id(),
            name=next_name(old.name),
            kind="campaign",
            state="scheduled",
            channels=channels,
            mode=old.mode,
            content=old.content,
            audience=ListAudience(list_id=kept.id),
            schedule=at_once,
            list_id=kept.id,
            send_at=at.send_at,
            starts_at=at.starts_at,
            expires_at=at.expires_at,
            resend_of=old.id,
            created_at=now,
            created_by=who.person_id,
            changed_at=now,
        )
        await store.insert(transaction, again, folded(again.name))
        announce(transaction, again.id)
        return await told(transaction, await existing(transaction, again.id))
