"""The files of a conversation over HTTP."""

from typing import Annotated
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.conversations.actions import shared_files
from estafette.conversations.api.conversations import TAGS
from estafette.conversations.models.shared_files import FileKind, SharedFiles
from estafette.http import Cursor, Limit, Query, get


@get(
    "/conversations/{conversation_id}/files",
    tags=TAGS,
    summary="What files were shared",
    operation_id="listSharedFiles",
)
async def list_shared_files(
    database: Database,
    signed_in: SignedIn,
    conversation_id: UUID,
    kind: Annotated[FileKind | None, Query("Pictures alone, or all else alone.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> SharedFiles:
    """The files of a conversation, newest first, with who sent each and when; the last page has no `next`."""
    return await shared_files.list_files(database, signed_in.person_id, conversation_id, kind, cursor, limit)
