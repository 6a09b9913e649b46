"""Presence over HTTP; who shows people is told live (`show_presence`)."""

from typing import Annotated

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.http import Query, delete, get, put
from estafette.presence.actions import looking, setting
from estafette.presence.models.presences import CustomStatusPut, LastSeenPut, OwnPresence, Presences, StatusPut

TAGS = ["Presence"]

People = Annotated[str, Query("Ids of people, with commas between, at most 200")]


@get("/presence", tags=TAGS, summary="Who is there", operation_id="getPresences")
async def find_presences(database: Database, signed_in: SignedIn, people: People) -> Presences:
    """For employees. Who does not belong to the organisation is left out; the order is any."""
    return await looking.find_presences(database, signed_in, people)


@get("/me/presence", tags=TAGS, summary="Your presence", operation_id="getOwnPresence")
async def get_own_presence(database: Database, signed_in: SignedIn) -> OwnPresence:
    """For employees: as colleagues see it, and what of it you set by hand."""
    return await looking.own_presence(database, signed_in)


@put("/me/presence", tags=TAGS, summary="Set your status", operation_id="putStatus")
async def put_status(database: Database, signed_in: SignedIn, data: StatusPut) -> OwnPresence:
    """For employees: by hand, `until` a time or for good; `null` leaves it to what is known of your connections.

    `do_not_disturb` holds your notifications back as quiet hours do, and is the same as `do_not_disturb_until` of the
    notification settings.
    """
    return await setting.put_status(database, signed_in, data)


@put("/me/custom-status", tags=TAGS, summary="Say something of yourself", operation_id="putCustomStatus")
async def put_custom_status(database: Database, signed_in: SignedIn, data: CustomStatusPut) -> OwnPresence:
    """For employees: an emoji, a text of up to 100 characters, or both, `until` a time or for good."""
    return await setting.put_custom_status(database, signed_in, data)


@delete("/me/custom-status", tags=TAGS, summary="Say nothing of yourself any more", operation_id="removeCustomStatus")
async def remove_custom_status(database: Database, signed_in: SignedIn) -> None:
    """For employees."""
    await setting.remove_custom_status(database, signed_in)


@put("/me/last-seen", tags=TAGS, summary="Hide when you were last there", operation_id="putLastSeen")
async def put_last_seen(database: Database, signed_in: SignedIn, data: LastSeenPut) -> OwnPresence:
    """For employees: whether colleagues are told when you were last connected."""
    return await setting.put_last_seen(database, signed_in, data)
