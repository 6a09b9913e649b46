"""The search of document D4, which names it and leaves its form to us."""

from typing import Annotated, Final, get_args

from estafette import accounts, conversations
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.contracts.messenger.errors import BadMessengerRequest, error_body
from estafette.contracts.messenger.models import (
    MessengerFile,
    MessengerResults,
    Searched,
    wire_message,
)
from estafette.contracts.messenger.reading import told_here
from estafette.contracts.messenger.users import wire_users
from estafette.http import Query, get

TAGS: Final = ["Contract D4"]
OF_EACH: Final = 20
KINDS: Final[tuple[Searched, ...]] = get_args(Searched)
_NATIVE: Final[dict[Searched, conversations.Kind]] = {"messages": "messages", "contacts": "people", "files": "files"}

Asked = Annotated[str, Query("Words, or an expression as in `/api/v1/search`; 500 characters at most")]
Kinds = Annotated[str, Query("Some of messages, contacts, files and tickets, with commas between", name="in")]


@get("/v1/search", errors=error_body, tags=TAGS, summary="Search the messenger", operation_id="d4Search")
async def search(
    database: Database, signed_in: SignedIn, q: Asked = "", kinds: Kinds = "messages,contacts,files,tickets"
) -> MessengerResults:
    """The newest 20 of each kind that the caller may read; of a kind that was not asked for there are none.

    `tickets` is an empty list: this server keeps no tickets yet.
    """
    accounts.require_employee(signed_in)
    named = kinds.split(",")
    wanted: list[conversations.Kind] = [_NATIVE[each] for each in KINDS if each in named and each in _NATIVE]
    if set(named) - set(KINDS):
        raise BadMessengerRequest(reason=f"in: some of {', '.join(KINDS)}")
    with told_here():
        found = await conversations.search_everything(database, signed_in, q, wanted, limit=OF_EACH)
    return MessengerResults(
        messages=[wire_message(each.message) for each in found.messages.items] if found.messages else [],
        contacts=await wire_users(database, found.people.items) if found.people else [],
        files=[
            MessengerFile(
                id=str(each.file.id),
                name=each.file.name,
                size=each.file.size,
                channel_id=str(each.conversation.id),
                message_id=str(each.message.id),
                created_at=each.message.created_at,
            )
            for each in found.files.items
        ]
        if found.files
        else [],
    )
