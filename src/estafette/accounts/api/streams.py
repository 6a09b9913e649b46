"""The numbered streams of persons and partners over HTTP."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from estafette.accounts.actions import streams
from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.streams import StreamChanges
from estafette.base.database import Database
from estafette.http import Query, get

After = Annotated[int, Meta(ge=0, le=2**53), Query("The number that one holds; 0 for all there is")]
Limit = Annotated[int, Meta(ge=1, le=1000), Query("How many changes at most")]


@get("/me/changes", tags=["You"], summary="What changed for you", operation_id="listOwnChanges")
async def list_own_changes(database: Database, signed_in: SignedIn, after: After, limit: Limit = 200) -> StreamChanges:
    """What is not tied to one conversation: archived and restored ones, your profile, partners that you joined."""
    return await streams.own_changes(database, signed_in, after, limit)


@get(
    "/partners/{partner_id}/changes",
    tags=["Partners"],
    summary="What changed for a partner",
    operation_id="listPartnerChanges",
)
async def list_partner_changes(
    database: Database, signed_in: SignedIn, partner_id: UUID, after: After, limit: Limit = 200
) -> StreamChanges:
    """For members: archived and restored conversations, the storefront, the members."""
    return await streams.partner_changes(database, signed_in, partner_id, after, limit)


@get(
    "/directory/changes",
    tags=["Directory"],
    summary="Who changed, came or went",
    operation_id="listDirectoryChanges",
)
async def list_directory_changes(
    database: Database, signed_in: SignedIn, after: After, limit: Limit = 200
) -> StreamChanges:
    """For employees: each `colleague_changed` names somebody to be read anew, who may be gone (404).

    After a `colleagues_changed` anybody may be another: read anew whoever is shown.
    """
    return await streams.organisation_changes(database, signed_in, after, limit)
