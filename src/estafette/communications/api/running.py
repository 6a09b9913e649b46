"""Communications over HTTP: paused, resumed and cancelled, each with an exact answer of what that did."""

from typing import Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.communications.actions import cancelling, deleting, pausing
from estafette.communications.api.communications import Revision
from estafette.communications.models.communications import Outcome
from estafette.http import delete, post

TAGS: Final = ["Communications"]


@post(
    "/communications/{communication_id}/pause",
    status=200,
    tags=TAGS,
    summary="Pause a communication",
    operation_id="pauseCommunication",
)
async def pause(database: Database, signed_in: SignedIn, communication_id: UUID, revision: Revision = None) -> Outcome:
    """Once this is answered nothing more leaves than what is `in_flight`; once more does no harm."""
    return await pausing.pause(database, signed_in, communication_id, revision)


@post(
    "/communications/{communication_id}/resume",
    status=200,
    tags=TAGS,
    summary="Resume a communication",
    operation_id="resumeCommunication",
)
async def resume(database: Database, signed_in: SignedIn, communication_id: UUID, revision: Revision = None) -> Outcome:
    """It goes on where it was; nobody gets anything twice."""
    return await pausing.resume(database, signed_in, communication_id, revision)


@post(
    "/communications/{communication_id}/cancel",
    status=200,
    tags=TAGS,
    summary="Cancel a communication",
    operation_id="cancelCommunication",
)
async def cancel(database: Database, signed_in: SignedIn, communication_id: UUID, revision: Revision = None) -> Outcome:
    """For good: what has gone out stays out, what is `in_flight` comes to its own end, the rest is not sent."""
    return await cancelling.cancel(database, signed_in, communication_id, revision)


@delete(
    "/communications/{communication_id}",
    status=200,
    tags=TAGS,
    summary="Discard a draft, or cancel",
    operation_id="deleteCommunication",
)
async def delete_communication(database: Database, signed_in: SignedIn, communication_id: UUID) -> Outcome:
    """A draft is gone; others are cancelled, and what became of them can still be looked at."""
    return await deleting.delete(database, signed_in, communication_id)
