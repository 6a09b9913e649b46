"""Handling: the members of a partner move a request on, give it to somebody, note something; each step is kept."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import replace

from estafette import accounts, notifications
from estafette.accounts import SignedIn
from estafette.base import changes
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid
from estafette.contact_requests.actions.entering import enter
from estafette.contact_requests.actions.listing import details
from estafette.contact_requests.errors import UnknownRequest
from estafette.contact_requests.models.handling import NewStep, RequestChanges, RequestRow
from estafette.contact_requests.models.requests import RequestDetails, State
from estafette.contact_requests.rules.requests import check_note, shown_state
from estafette.contact_requests.store import handling as store
from estafette.notifications import Kind, Notice

CHANGED: Final = "contact_request_changed"
OVER: Final[frozenset[State]] = frozenset(("done", "spam"))


async def change_request(
    database: Database, who: SignedIn, partner_id: UUID, request_id: UUID, given: RequestChanges
) -> RequestDetails:
    """Gives a request another state or another member; raises NotFound, UnknownRequest and Invalid."""
    await enter(database, who, partner_id)
    async with database.transaction() as transaction:
        old = await locked(transaction, partner_id, request_id)
        new, steps = old, list[NewStep]()
        if given.state is not UNSET and given.state != old.state:
            new = replace(new, state=given.state)
            steps.append(NewStep(kind="state", state=given.state))
        if given.assigned_to is not UNSET and given.assigned_to != old.assigned_to:
            await _require_member(transaction, partner_id, given.assigned_to)
            new = replace(new, assigned_to=given.assigned_to)
            steps.append(NewStep(kind="assigned", assigned_to=given.assigned_to))
        if steps:
            await keep(transaction, partner_id, old, new, steps, who.person_id)
            await _notify_concerned(transaction, old, new, who.person_id)
        return await details(transaction, who, partner_id, request_id)


async def add_note(database: Database, who: SignedIn, partner_id: UUID, request_id: UUID, text: str) -> RequestDetails:
    """Notes something about a request for the partner's members; raises NotFound, UnknownRequest and Invalid."""
    await enter(database, who, partner_id)
    note = check_note(text)
    async with database.transaction() as transaction:
        row = await locked(transaction, partner_id, request_id)
        await keep(transaction, partner_id, row, row, [NewStep(kind="note", text=note)], who.person_id)
        return await details(transaction, who, partner_id, request_id)


async def locked(transaction: Transaction, partner_id: UUID, request_id: UUID) -> RequestRow:
    """A request about which something is about to be done; raises UnknownRequest."""
    row = await store.lock(transaction, partner_id, request_id)
    if row is None:
        raise UnknownRequest
    return row


async def keep(
    transaction: Transaction, partner_id: UUID, old: RequestRow, new: RequestRow, steps: Sequence[NewStep], by: UUID
) -> None:
    """Stores where a locked request stands now and what was done about it, and tells all who see something of it."""
    now = transaction.clock.now()
    await store.add_steps(transaction, old.id, old.steps + 1, steps, by, now)
    await store.update(transaction, replace(new, steps=old.steps + len(steps)), now)
    concerned = [partner_id, new.person_id] if _as_asked(old) != _as_asked(new) else [partner_id]
    await changes.advance_all(transaction, [(stream, CHANGED, new.id) for stream in concerned])


def _as_asked(row: RequestRow) -> tuple[State, UUID | None]:
    """What the person sees who left it."""
    return shown_state(row.state), row.conversation_id


async def _require_member(transaction: Transaction, partner_id: UUID, person_id: UUID | None) -> None:
    members = (await accounts.member_ids(transaction, [partner_id]))[partner_id]
    if person_id is not None and person_id not in {member for member, _ in members}:
        raise invalid("assigned_to", "unknown")


async def _notify_concerned(transaction: Transaction, old: RequestRow, new: RequestRow, by: UUID) -> None:
    """Who need not be notified of it any more is not, and who handles it from now on is."""
    ended: list[Kind] = []
    if new.state != "new":
        ended.append("contact_request")
    if new.state in OVER:
        ended.append("contact_request_assigned")
    if ended:
        await notifications.mark_read(transaction, ended, new.id)
    if old.assigned_to is not None and old.assigned_to != new.assigned_to:
        await notifications.mark_read(transaction, ["contact_request_assigned"], new.id, old.assigned_to)
    if new.assigned_to not in (None, old.assigned_to, by) and new.state not in OVER:
        notice = Notice(party_id=new.assigned_to, topic_id=new.id, at=transaction.clock.now())
        await notifications.notify(transaction, "contact_request_assigned", [notice])
    if new.assigned_to == by:
        await notifications.mark_read(transaction, ["contact_request_assigned"], new.id, by)
