"""What the caller uploaded, over HTTP."""

from estafette.base.database import Database
from estafette.files import actions
from estafette.files.models import OwnFiles
from estafette.http import CallerId, Cursor, Limit, get


@get("/me/files", tags=["Files"], summary="What you uploaded", operation_id="listOwnFiles")
async def list_own_files(database: Database, caller: CallerId, cursor: Cursor = None, limit: Limit = 50) -> OwnFiles:
    """Your files that are in use, newest first; `files` and `bytes` count all of them."""
    return await actions.list_own(database, caller, cursor, limit)
