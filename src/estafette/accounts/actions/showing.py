"""Which files anybody may see because they are pictures of people or partners."""

from uuid import UUID

from estafette.accounts.store import partners, people
from estafette.base.database import Queries


async def is_public_picture(queries: Queries, file_id: UUID, visitor: UUID | None = None) -> bool:
    """A partner's picture or cover is for everyone, a person's for everyone who is signed in (`visitor`)."""
    if await partners.shows_picture(queries, file_id):
        return True
    return visitor is not None and await people.shows_picture(queries, file_id)
