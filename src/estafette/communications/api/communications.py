"""Communications over HTTP: scheduled, looked at, changed and discarded."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.communications.actions import changing, copying, creating, looking
from estafette.communications.models.communications import (
    Communication,
    CommunicationChanges,
    Communications,
    NewCommunication,
    State,
)
from estafette.http import Cursor, Limit, Number, Query, get, patch, post

TAGS: Final = ["Communications"]
MAX_BODY: Final = 8 * 1024 * 1024

InState = Annotated[State | None, Query("Those in a state alone", "state")]
Words = Annotated[str | None, Query("Words that stand in the name")]
From = Annotated[datetime | None, Query("Those whose time is not before, with an offset", "from")]
Until = Annotated[datetime | None, Query("Those whose time is before, with an offset")]
Revision = Annotated[Number | None, Query("That of the communication as it was seen: 409 if it has a newer one")]


@get("/communications", tags=TAGS, summary="Communications", operation_id="listCommunications")
async def list_communications(
    database: Database,
    signed_in: SignedIn,
    in_state: InState = None,
    q: Words = None,
    since: From = None,
    until: Until = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Communications:
    """The latest first, by when they begin or, as long as nobody said so, were made.

    For administrators, and employees and service accounts with the role `communications`; so is all of communications.
    """
    states = () if in_state is None else (in_state,)
    return await looking.list_communications(database, signed_in, states, q, since, until, cursor, limit)


@post(
    "/communications",
    max_body=MAX_BODY,
    tags=TAGS,
    summary="Schedule a communication",
    operation_id="scheduleCommunication",
)
async def create_communication(database: Database, signed_in: SignedIn, data: NewCommunication) -> Communication:
    """At once where no time is named; with `draft` it is kept unfinished.

    Ids that are those of no client refuse the whole; `values.ids` beside the field names them all, of more than
    10,000 the first 1,000. A body has at most 100,000 ids: longer lists are uploaded to `/client-lists` first.
    """
    return await creating.create(database, signed_in, data)


@get(
    "/communications/{communication_id}",
    tags=TAGS,
    summary="A communication",
    operation_id="getCommunication",
)
async def get_communication(database: Database, signed_in: SignedIn, communication_id: UUID) -> Communication:
    """With its totals, which equal its recipients at every moment."""
    return await looking.find(database, signed_in, communication_id)


@patch(
    "/communications/{communication_id}",
    max_body=MAX_BODY,
    tags=TAGS,
    summary="Move or edit a communication",
    operation_id="changeCommunication",
)
async def change_communication(
    database: Database, signed_in: SignedIn, communication_id: UUID, data: CommunicationChanges
) -> Communication:
    """What is not mentioned stays; everything can be changed before it begins.

    While it is paused: its name, its texts for what was not handed over yet, `per_minute` and `quiet`. 409 with a
    code that says why not, and `values.state`; 409 with `values.revision` where it has a newer one.
    """
    return await changing.change(database, signed_in, communication_id, data)


@post(
    "/communications/{communication_id}/schedule",
    status=200,
    tags=TAGS,
    summary="Schedule a draft",
    operation_id="scheduleDraft",
)
async def schedule_draft(
    database: Database, signed_in: SignedIn, communication_id: UUID, revision: Revision = None
) -> Communication:
    """All that would refuse a new communication refuses this one, too; it stays a draft then."""
    return await changing.schedule(database, signed_in, communication_id, revision)


@post(
    "/communications/{communication_id}/copy",
    tags=TAGS,
    summary="Copy a communication",
    operation_id="copyCommunication",
)
async def copy_communication(database: Database, signed_in: SignedIn, communication_id: UUID) -> Communication:
    """A new draft that says the same to the same clients, without a time."""
    return await copying.copy(database, signed_in, communication_id)
