"""The contact list of an employee, told to all of their own devices."""

from uuid import UUID

from estafette.accounts.actions.announcing import announce_contacts
from estafette.accounts.models.contact_list import ContactList, ContactPut, ListedContact
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules import contact_list as rules
from estafette.accounts.rules.permissions import require_employee
from estafette.accounts.store import contact_list as store
from estafette.accounts.store import directory, people
from estafette.base.database import Database
from estafette.base.errors import NotFound, invalid


async def contact_list(database: Database, who: SignedIn) -> ContactList:
    """One's own contacts who are in the directory now; raises Forbidden for who is no employee."""
    require_employee(who)
    return ContactList(items=await store.contacts(database, who.person_id))


async def put_contact(database: Database, who: SignedIn, person_id: UUID, given: ContactPut) -> ListedContact:
    """Adds a colleague to one's own list, or changes how they stand in it.

    Raises Forbidden for who is no employee, NotFound for who is not in the directory, and Invalid.
    """
    require_employee(who)
    if person_id == who.person_id:
        raise invalid("person_id", "own_contact")
    rules.check_position(given)
    async with database.transaction() as transaction:
        # Two devices of one person take turns.
        await people.lock(transaction, who.person_id)
        person = await directory.get(transaction, person_id)
        if person is None:
            raise NotFound
        old = await store.places(transaction, who.person_id)
        new = rules.placed(old, person_id, given)
        if new != old:
            await store.keep(transaction, who.person_id, new, transaction.clock.now())
            await announce_contacts(transaction, who.person_id, person_id)
    place = next(each for each in new if each.person_id == person_id)
    return ListedContact(person=person, is_favourite=place.is_favourite)


async def remove_contact(database: Database, who: SignedIn, person_id: UUID) -> None:
    """Takes a colleague off one's own list; raises Forbidden for who is no employee, and NotFound."""
    require_employee(who)
    async with database.transaction() as transaction:
        await people.lock(transaction, who.person_id)
        if not await store.remove(transaction, who.person_id, person_id):
            raise NotFound
        await announce_contacts(transaction, who.person_id, person_id)
