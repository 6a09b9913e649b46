"""The search over HTTP."""

from typing import Annotated, Final, get_args

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.conversations.actions import searching
from estafette.conversations.models.found import Kind, Results, Sort
from estafette.http import Cursor, Limit, Query, get

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

Asked = Annotated[str, Query('Words, "phrases", -words and operators, 500 characters at most')]
Kinds = Annotated[str, Query("Some of messages, people, chats and files, with commas between", name="in")]
Order = Annotated[Sort, Query("The newest first, or the best of the newest 1,000 that match")]


@get("/search", tags=["Search"], summary="Search", operation_id="search")
async def search(
    database: Database,
    signed_in: SignedIn,
    q: Asked,
    kinds: Kinds = "messages",
    sort: Order = "newest",
    cursor: Cursor = None,
    limit: Limit = 30,
) -> Results:
    """What the caller may read, by the words of four languages, the last of which may be unfinished.

    Operators: `from:` and `mentions:` a name or `me`, `in:` a chat (each also by id), `has:` `file`, `image`, `link` or
    `reaction`, `before:`, `after:` and `on:` a date, `yesterday` or `today`, `is:unread`, `pinned:`; a name of several
    words in quotes; a minus before one turns it round. A piece that means nothing is named with its place in
    the error. The next page is asked for of one kind alone.
    """
    named = kinds.split(",")
    asked: list[Kind] = [each for each in KINDS if each in named]
    if set(named) - set(asked):
        raise invalid("in", "unknown")
    return await searching.search_everything(database, signed_in, q, asked, sort=sort, cursor=cursor, limit=limit)
