"""Adverts over HTTP."""

from typing import Annotated
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.contact_requests.actions import advertising, adverts
from estafette.contact_requests.api.inputs import Words
from estafette.contact_requests.models.adverts import Advert, AdvertChanges, Adverts, NewAdvert
from estafette.http import Cursor, Limit, Query, delete, get, patch, post

TAGS = ["Adverts"]

Everything = Annotated[bool, Query("For members: also those that are not active", "all")]


@get("/partners/{partner_id}/adverts", tags=TAGS, summary="Adverts of a partner", operation_id="listAdverts")
async def list_adverts(
    database: Database,
    visitor: SignedIn | None,
    partner_id: UUID,
    everything: Everything = False,
    q: Words = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Adverts:
    """The active ones, newest first; `q` looks into titles and references. Needs no sign-in."""
    return await adverts.list_adverts(
        database, visitor, partner_id, everything=everything, q=q, cursor=cursor, limit=limit
    )


@post("/partners/{partner_id}/adverts", tags=TAGS, summary="Register an advert", operation_id="addAdvert")
async def add_advert(database: Database, signed_in: SignedIn, partner_id: UUID, data: NewAdvert) -> Advert:
    """For members and administrators; `picture` is an uploaded image."""
    return await advertising.add_advert(database, signed_in, partner_id, data)


@get(
    "/partners/{partner_id}/adverts/{advert_id}",
    tags=TAGS,
    summary="One advert",
    operation_id="getAdvert",
)
async def get_advert(database: Database, visitor: SignedIn | None, partner_id: UUID, advert_id: UUID) -> Advert:
    """Needs no sign-in; one that is not active is for members and administrators."""
    return await adverts.advert(database, visitor, partner_id, advert_id)


@patch(
    "/partners/{partner_id}/adverts/{advert_id}",
    tags=TAGS,
    summary="Change an advert",
    operation_id="changeAdvert",
)
async def change_advert(
    database: Database, signed_in: SignedIn, partner_id: UUID, advert_id: UUID, data: AdvertChanges
) -> Advert:
    """For members and administrators. Requests about it stay when it is made inactive."""
    return await advertising.change_advert(database, signed_in, partner_id, advert_id, data)


@delete(
    "/partners/{partner_id}/adverts/{advert_id}",
    tags=TAGS,
    summary="Delete an advert",
    operation_id="deleteAdvert",
)
async def delete_advert(database: Database, signed_in: SignedIn, partner_id: UUID, advert_id: UUID) -> None:
    """For members and administrators, as long as there are no requests about it."""
    await advertising.delete_advert(database, signed_in, partner_id, advert_id)
