"""One's own contact list over HTTP."""

from uuid import UUID

from estafette.accounts.actions import contact_list
from estafette.accounts.models.contact_list import ContactList, ContactPut, ListedContact
from estafette.accounts.models.people import SignedIn
from estafette.base.database import Database
from estafette.http import delete, get, put

TAGS = ["Directory"]


@get("/contacts", tags=TAGS, summary="Your contact list", operation_id="listContacts")
async def list_contacts(database: Database, signed_in: SignedIn) -> ContactList:
    """For employees: the whole list, favourites first, each part in your own order. Who left is not shown."""
    return await contact_list.contact_list(database, signed_in)


@put("/contacts/{person_id}", tags=TAGS, summary="Keep a colleague at hand", operation_id="putContact")
async def put_contact(database: Database, signed_in: SignedIn, person_id: UUID, data: ContactPut) -> ListedContact:
    """For employees: adds a colleague, makes them a favourite or not, moves them. At most 1,000 contacts."""
    return await contact_list.put_contact(database, signed_in, person_id, data)


@delete(
    "/contacts/{person_id}",
    tags=TAGS,
    summary="Take a colleague off your contact list",
    operation_id="removeContact",
)
async def remove_contact(database: Database, signed_in: SignedIn, person_id: UUID) -> None:
    """For employees. The colleague is not told."""
    await contact_list.remove_contact(database, signed_in, person_id)
