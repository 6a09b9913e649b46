"""The three operations of document D5."""

from typing import Final
from uuid import UUID

import msgspec

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import Conflict, Invalid, NotFound
from estafette.base.ids import new_id
from estafette.contracts.storefront_messages.errors import BadMessage, UnknownConversationOrPartner, error_body
from estafette.contracts.storefront_messages.models import (
    NewStorefrontMessage,
    StorefrontConversation,
    StorefrontMessage,
    furthest_read,
    wire_conversation,
    wire_message,
)
from estafette.contracts.storefront_messages.texts import WORDS
from estafette.http import Key, get, post

NEWEST: Final = 500
CONVERSATIONS: Final = 1_000
TAGS: Final = ["Contract D5"]


@get(
    "/api/messages",
    errors=error_body,
    tags=TAGS,
    summary="Conversations of a storefront",
    operation_id="d5ListConversations",
)
async def list_storefront_conversations(database: Database, signed_in: SignedIn) -> list[StorefrontConversation]:
    """The caller's conversations, latest first, each with its newest message; at most 1,000."""
    found, _ = await conversations.list_conversations(database, signed_in, kinds=["storefront"], limit=CONVERSATIONS)
    return [wire_conversation(each) for each in found if isinstance(each, conversations.StorefrontConversation)]


@post(
    "/api/messages",
    errors=error_body,
    own_idempotency=True,
    tags=TAGS,
    summary="Send a message from a storefront",
    operation_id="d5SendMessage",
)
async def send_storefront_message(
    database: Database, sender: conversations.Sender, signed_in: SignedIn, body: bytes, key: Key = None
) -> StorefrontMessage:
    """Takes `{partnerId | conversationId, content}`; the first message to a partner opens the conversation."""
    wanted = _decode(body)
    try:
        if wanted.conversation_id is not None:
            message = await sender.send(
                conversations.Draft(
                    id=new_id(),
                    conversation_id=_id(wanted.conversation_id),
                    person_id=signed_in.person_id,
                    text=wanted.content,
                    key=key,
                )
            )
        else:
            opened = await conversations.write_to_partner(
                database, sender, signed_in, _id(wanted.partner_id or ""), wanted.content, (), key
            )
            message = opened.message
    except Invalid as error:
        reasons = [WORDS.get(each.code, each.code).format_map(each.values) for each in error.fields]
        raise BadMessage(reason=f"content: it {' and '.join(reasons)}") from None
    except Conflict as error:
        raise BadMessage(reason=str(error)) from None
    except NotFound:
        raise UnknownConversationOrPartner from None
    return wire_message(message, 0)


@get(
    "/api/messages/{conversation_id}",
    errors=error_body,
    tags=TAGS,
    summary="Messages of a storefront conversation",
    operation_id="d5ListMessages",
)
async def list_storefront_messages(
    database: Database, signed_in: SignedIn, conversation_id: str, before: str | None = None, limit: str = str(NEWEST)
) -> list[StorefrontMessage]:
    """Oldest to newest, the newest 500 (`before` a message id, `limit`), and marks them read for the caller."""
    if not (limit.isdecimal() and len(limit) <= 3 and 1 <= int(limit) <= NEWEST):
        raise BadMessage(reason=f"limit: between 1 and {NEWEST}")
    try:
        id_ = _id(conversation_id)
        end = None if before is None else await conversations.ordinal_of(database, id_, _id(before))
        run = await conversations.history(database, signed_in.person_id, id_, before=end, limit=int(limit))
        if run.items and "write" in signed_in.scopes:
            await conversations.mark_read(database, signed_in.card, id_, run.items[-1].ordinal)
    except NotFound:
        raise UnknownConversationOrPartner from None
    positions = await conversations.read_by_others(database, id_)
    return [wire_message(each, furthest_read(positions.items(), each)) for each in run.items]


def _decode(body: bytes) -> NewStorefrontMessage:
    try:
        wanted = msgspec.json.decode(body, type=NewStorefrontMessage)
    except msgspec.ValidationError as error:
        raise BadMessage(reason=str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadMessage(reason="The body is not JSON.") from None
    if (wanted.conversation_id is None) == (wanted.partner_id is None):
        raise BadMessage(reason="partnerId: name either a partner or a conversation")
    return wanted


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        # What is no id of ours names nothing that there is.
        raise UnknownConversationOrPartner from None


ENDPOINTS = [list_storefront_conversations, send_storefront_message, list_storefront_messages]
