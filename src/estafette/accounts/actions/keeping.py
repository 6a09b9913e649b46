"""Changing what is kept of a person: one at a time, with all that follows from another address."""

from uuid import UUID

from asyncpg import UniqueViolationError

from estafette.accounts.actions.announcing import announce_colleagues, announce_profile
from estafette.accounts.actions.links import request_link
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.words import folded
from estafette.accounts.store import contact_profiles, employee_profiles, links, people
from estafette.base.database import Transaction
from estafette.base.errors import NotFound, invalid


async def locked(transaction: Transaction, person_id: UUID) -> PersonRow:
    """A person about to be changed; raises NotFound."""
    # Two statements: the second one sees what was committed while the first one waited.
    person = await people.get(transaction, person_id) if await people.lock(transaction, person_id) else None
    if person is None:
        raise NotFound
    return person


async def keep(
    transaction: Transaction, old: PersonRow, new: PersonRow, *, undo: bool = False, field: str = "email"
) -> None:
    """Stores a person who changed, and lets the default contact profile follow.

    With `undo` the address that was left gets a link to take the change back. Raises Invalid for a taken address.
    """
    if new == old:
        return
    try:
        await people.update(transaction, new, folded(new.name), rules.email_key(new.email))
    except UniqueViolationError as error:
        raise invalid(field, "email_taken") from error
    if not rules.same_address(new.email, old.email):
        await _move(transaction, old, new, undo=undo)
    await contact_profiles.follow(transaction, new.id, (old.email, old.phone), (new.email, new.phone))
    await announce_profile(transaction, new.id)
    await refresh_entries(transaction, new.id)


async def refresh_entries(transaction: Transaction, *people: UUID) -> None:
    """Lets the directory follow whatever changed of people, roles included; it lists employees alone."""
    await announce_colleagues(transaction, await employee_profiles.refresh(transaction, people))


async def _move(transaction: Transaction, old: PersonRow, new: PersonRow, *, undo: bool) -> None:
    """What links to the old address proved is over; who reads its mail is always told.

    An address that nobody ever proved may be a stranger's: it gets no link with which he would have the account.
    """
    await links.end(transaction, new.id, ["password_reset", "email_confirmation", "email_change_stop"])
    purpose = "email_change_undo" if undo and old.email_confirmed_at is not None else "email_changed"
    await request_link(transaction, new.id, purpose, old.email)
