"""Drafts over HTTP."""

from typing import Annotated
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.conversations.actions import drafting
from estafette.conversations.models.drafts import DraftPut, SavedDraft, SavedDrafts
from estafette.http import Number, Query, delete, get, put

TAGS = ["Later"]
Seen = Annotated[Number, Query("The revision that one has seen")]
Here = Annotated[UUID | None, Query("Only in this conversation")]


@get("/drafts", tags=TAGS, summary="What one has begun to write", operation_id="listDrafts")
async def list_drafts(database: Database, signed_in: SignedIn, conversation: Here = None) -> SavedDrafts:
    """One's own unfinished messages, the newest first; the newest 500."""
    return await drafting.drafts(database, signed_in.person_id, conversation)


@put(
    "/conversations/{conversation_id}/draft",
    tags=TAGS,
    summary="Keep what is written so far",
    operation_id="saveDraft",
)
async def save_draft(database: Database, signed_in: SignedIn, conversation_id: UUID, data: DraftPut) -> SavedDraft:
    """In place of the draft whose revision one has seen; where there is a newer one it stays (409 `draft_changed`)."""
    return await drafting.save_draft(database, signed_in.person_id, conversation_id, data)


@delete(
    "/conversations/{conversation_id}/draft",
    tags=TAGS,
    summary="Throw away what was begun",
    operation_id="discardDraft",
)
async def discard_draft(database: Database, signed_in: SignedIn, conversation_id: UUID, revision: Seen) -> None:
    """A newer draft than one has seen stays."""
    await drafting.discard_draft(database, signed_in.person_id, conversation_id, revision)
