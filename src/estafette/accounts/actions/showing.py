"""Which files anybody may see because they are pictures of people or partners."""

from uuid import UUID

from estafette.accounts.store import partners, people
from estafette.base.database import Queries


async def is_public_picture(queries: Queries, file_id: UUID) -> bool:
    """A partner's picture or cover, which is for everyone."""
    return await partners.shows_picture(queries, file_id)


async def is_picture_of_person(queries: Queries, file_id: UUID) -> bool:
    """A person's picture, which is for everyone who is signed in."""
    return await people.shows_picture(queries, file_id)
