"""What somebody finds."""

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.conversations.actions.searching import search_everything
from estafette.conversations.models.found import FoundFile, FoundMessage, Results


async def results(database: Database, who: SignedIn, q: str) -> Results:
    """All that somebody finds, of each kind."""
    return await search_everything(database, who, q, ("messages", "people", "chats", "files"))


async def found(database: Database, who: SignedIn, q: str) -> list[FoundMessage]:
    """The messages that somebody finds."""
    page = (await search_everything(database, who, q, ("messages",))).messages
    assert page is not None
    return page.items


async def texts_found(database: Database, who: SignedIn, q: str) -> list[str]:
    """What the messages say that somebody finds."""
    return [each.message.text for each in await found(database, who, q)]


async def files_found(database: Database, who: SignedIn, q: str) -> list[FoundFile]:
    """The files that somebody finds."""
    page = (await search_everything(database, who, q, ("files",))).files
    assert page is not None
    return page.items
