"""What somebody uploaded."""

from uuid import UUID

from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.files.models import OwnFiles
from estafette.files.store import own_files


async def list_own(database: Database, owner_id: UUID, cursor: str | None, limit: int) -> OwnFiles:
    """The files of an owner that are in use, newest first, and what all of them take; raises Invalid."""
    found = await own_files.page(database, owner_id, _place(cursor), limit + 1)
    shown = found[:limit]
    files, size = await own_files.usage(database, owner_id)
    return OwnFiles(items=shown, next=str(shown[-1].file.id) if len(found) > limit else None, files=files, bytes=size)


def _place(cursor: str | None) -> UUID | None:
    try:
        return None if cursor is None else UUID(cursor)
    except ValueError as error:
        raise invalid("cursor", "unknown") from error
