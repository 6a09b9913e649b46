"""Answering: a contact request leads to the storefront conversation of the person and the partner."""

from uuid import UUID

from msgspec.structs import replace

from estafette import conversations, notifications
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import NotFound, Problem
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas
from estafette.contact_requests.actions.handling import keep, locked
from estafette.contact_requests.models.handling import NewStep, OpenedConversation
from estafette.conversations import Draft


async def open_conversation(
    database: Database,
    who: SignedIn,
    partner_id: UUID,
    request_id: UUID,
    text: str,
    quotas: Quotas | None = None,
) -> OpenedConversation:
    """A member says something to the person, in the conversation there is or in a new one; it is linked to the request.

    A new request is in progress from then on. Raises NotFound, also for administrators, who speak for no partner,
    UnknownRequest, Invalid, QuotaExceeded and DiskFull.
    """
    limits = quotas or Quotas()
    limits.check_disk()
    if partner_id not in who.partners:
        raise NotFound
    conversations.check_message(text, ())
    async with database.transaction() as transaction:
        old = await locked(transaction, partner_id, request_id)
        conversation_id = await conversations.storefront_conversation(transaction, old.person_id, partner_id)
        draft = Draft(id=new_id(), conversation_id=conversation_id, person_id=who.person_id, text=text)
        [message] = await conversations.append(transaction, [draft], limits)
        if isinstance(message, Problem):
            raise message
        new = replace(old, conversation_id=conversation_id)
        steps = [NewStep(kind="conversation")]
        if old.state in ("new", "seen"):
            new = replace(new, state="in_progress")
            steps.append(NewStep(kind="state", state="in_progress"))
        await keep(transaction, partner_id, old, new, steps, who.person_id)
        await notifications.mark_read(transaction, ["contact_request"], request_id)
        return OpenedConversation(conversation_id=conversation_id, message=message)
