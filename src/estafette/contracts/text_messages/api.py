"""The three operations of document D2."""

from typing import Annotated, Final

from estafette import deliveries
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import Invalid, NotFound
from estafette.contracts.text_messages.errors import NO_MESSAGES, NO_SUCH_MESSAGE, UnreadableMessage, error_body
from estafette.contracts.text_messages.models import TextMessage, TextMessageError, TextMessages, TextType, wire_message
from estafette.contracts.text_messages.reading import read, refused
from estafette.deliveries import Acceptor, Channel, NewDelivery
from estafette.http import Key, Query, get, post

NEWEST: Final = 1_000
LARGEST_ID: Final = 2**63 - 1
TAGS: Final = ["Contract D2"]

_CHANNELS: Final[dict[TextType, Channel]] = {"SMS": "sms", "MMS": "mms"}

Limit = Annotated[str, Query("1 to 1,000, the newest")]
Before = Annotated[str | None, Query("The id that these came before")]


@post(
    "/messages",
    status=200,
    errors=error_body,
    own_idempotency=True,
    tags=TAGS,
    summary="Send a text message",
    operation_id="d2SendMessage",
)
async def send_text_message(acceptor: Acceptor, signed_in: SignedIn, body: bytes, key: Key = None) -> TextMessage:
    """Takes `{message, from, to, type}` as JSON, whatever the Content-Type says; for service accounts."""
    deliveries.require_sender(signed_in)
    wanted = read(body)
    new = NewDelivery(
        owner_id=signed_in.person_id,
        channel=_CHANNELS[wanted.type],
        sender=wanted.sender,
        recipient=wanted.to,
        text=wanted.message,
        key=key,
    )
    try:
        return wire_message(await acceptor.accept(new))
    except Invalid as error:
        # Such as a line break in a name: no message can have it, whatever its length.
        raise refused(wanted, {each.field for each in error.fields}) from None


@get("/messages", errors=error_body, tags=TAGS, summary="Your text messages", operation_id="d2ListMessages")
async def list_text_messages(
    database: Database, signed_in: SignedIn, limit: Limit = str(NEWEST), before: Before = None
) -> TextMessages | TextMessageError:
    """Oldest to newest, the newest 1,000 or `limit` of them; `before` an id pages back. Without any, `code` is 404."""
    if not (_is_number(limit) and 1 <= int(limit) <= NEWEST):
        raise UnreadableMessage(reason=f"limit: between 1 and {NEWEST}")
    if before is not None and not _is_number(before):
        raise UnreadableMessage(reason="before: the id of a message")
    count = await deliveries.count_texts(database, signed_in.person_id)
    if not count:
        return NO_MESSAGES
    newest = await deliveries.list_texts(
        database, signed_in.person_id, before=None if before is None else int(before), limit=int(limit)
    )
    return TextMessages(count=count, items=[wire_message(each) for each in reversed(newest)])


@get("/messages/{message_id}", errors=error_body, tags=TAGS, summary="One text message", operation_id="d2GetMessage")
async def get_text_message(database: Database, signed_in: SignedIn, message_id: str) -> TextMessage | TextMessageError:
    """One of the account's own; for everything else `code` is 404, with the HTTP status 200."""
    if not _is_number(message_id):
        return NO_SUCH_MESSAGE
    try:
        delivery = await deliveries.find(database, signed_in.person_id, int(message_id))
    except NotFound:
        return NO_SUCH_MESSAGE
    return wire_message(delivery) if delivery.channel in _CHANNELS.values() else NO_SUCH_MESSAGE


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) and int(text) <= LARGEST_ID


ENDPOINTS = [send_text_message, list_text_messages, get_text_message]
