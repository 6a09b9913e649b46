"""Hands a file out."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from estafette.base.database import Database
from estafette.base.errors import NotFound
from estafette.files.models import Reach, Stored
from estafette.files.store import files

MayFetch = Callable[[UUID | None, UUID], Awaitable[Reach | None]]
"""Whether a person (None: nobody is signed in) may fetch a file that is in use; the capabilities above decide."""


async def fetch(database: Database, person_id: UUID | None, file_id: UUID, may_fetch: MayFetch) -> tuple[Stored, Reach]:
    """A file its asker may have, and for whom it is; raises the same NotFound whether it is unknown or not for them.

    An upload that is not in use yet belongs to its owner alone.
    """
    found = await files.by_ids(database, [file_id])
    if not found:
        raise NotFound
    stored = found[0]
    if stored.claimed_at is None:
        reach: Reach | None = "asker" if person_id == stored.owner_id else None
    else:
        reach = await may_fetch(person_id, file_id)
    if reach is None:
        raise NotFound
    return stored, reach
