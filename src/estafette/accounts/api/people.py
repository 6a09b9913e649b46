"""Administration of people."""

from uuid import UUID

from estafette.accounts.actions import people, registration
from estafette.accounts.api.given import Words
from estafette.accounts.models.inputs import NewPerson, PersonChanges
from estafette.accounts.models.lists import People
from estafette.accounts.models.people import Person, Role, SignedIn
from estafette.base.database import Database
from estafette.http import Cursor, Limit, get, patch, post

TAGS = ["People"]


@get("/people", tags=TAGS, summary="People", operation_id="listPeople")
async def list_people(
    database: Database,
    signed_in: SignedIn,
    q: Words = None,
    role: Role | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> People:
    """For administrators: everybody by name, or those whose name or e-mail address holds all words of `q`."""
    return await people.list_people(database, signed_in, q, role, cursor, limit)


@post("/people", tags=TAGS, summary="Add a person", operation_id="addPerson")
async def add_person(database: Database, signed_in: SignedIn, data: NewPerson) -> Person:
    """For administrators. Service accounts have no password: make them a token."""
    return await registration.create_person(database, signed_in, data)


@get("/people/{person_id}", tags=TAGS, summary="A person", operation_id="getPerson")
async def get_person(database: Database, signed_in: SignedIn, person_id: UUID) -> Person:
    """For administrators."""
    return await people.person(database, signed_in, person_id)


@patch("/people/{person_id}", tags=TAGS, summary="Change a person", operation_id="changePerson")
async def change_person(database: Database, signed_in: SignedIn, person_id: UUID, data: PersonChanges) -> Person:
    """For administrators. Disabling, and another password, end sessions and tokens."""
    return await people.change_person(database, signed_in, person_id, data)
