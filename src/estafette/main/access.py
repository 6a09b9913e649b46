"""Who may fetch which file: the one question of files that only the capabilities above can answer."""

from uuid import UUID

from estafette import accounts, contact_requests, conversations
from estafette.base.database import Database
from estafette.files import Reach


async def may_fetch(database: Database, person_id: UUID | None, file_id: UUID) -> Reach | None:
    """Pictures that everyone sees, pictures of people, and files of conversations that the person takes part in.

    What somebody sends later is theirs alone until then.
    """
    if await accounts.is_public_picture(database, file_id) or await contact_requests.shows_picture(database, file_id):
        return "everyone"
    if person_id is not None and (
        await accounts.is_picture_of_person(database, file_id)
        or await conversations.shares_file(database, file_id, person_id)
        or await conversations.holds_file(database, file_id, person_id)
    ):
        return "asker"
    return None
