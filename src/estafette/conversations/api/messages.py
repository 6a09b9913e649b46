"""Messages over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.dates import start_of_day
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas
from estafette.conversations.actions import editing, forwarding, pinning, viewing
from estafette.conversations.actions.sending import Sender
from estafette.conversations.api.inputs import ForwardTo, NewMessage, NewText, RunLimit
from estafette.conversations.models.messages import Draft, History, Message, Seen
from estafette.http import Key, Number, Query, delete, get, patch, post, put

TAGS = ["Messages"]


class Pinned(msgspec.Struct, frozen=True):
    """What is pinned in a conversation."""

    items: list[Message]


class Sent(msgspec.Struct, frozen=True):
    """What was sent, in the order of the conversations."""

    items: list[Message]


class SeenBy(msgspec.Struct, frozen=True):
    """Who has seen a message."""

    items: list[Seen]


@get(
    "/conversations/{conversation_id}/messages",
    tags=TAGS,
    summary="A run of messages",
    operation_id="listMessages",
)
async def list_messages(
    database: Database,
    signed_in: SignedIn,
    conversation_id: UUID,
    before: Number | None = None,
    after: Number | None = None,
    around: Number | None = None,
    date: Annotated[
        date | None, Query("Around the first message of this day, in the caller's zone, or after it")
    ] = None,
    limit: RunLimit = 50,
) -> History:
    """The newest messages, or those before, after or around an ordinal or a day; oldest first."""
    return await viewing.history(
        database,
        signed_in.person_id,
        conversation_id,
        before=before,
        after=after,
        around=around,
        since=start_of_day(date, signed_in.time_zone) if date is not None else None,
        limit=limit,
    )


@post(
    "/conversations/{conversation_id}/messages",
    tags=TAGS,
    summary="Send a message",
    operation_id="sendMessage",
    own_idempotency=True,
)
async def send_message(
    sender: Sender, signed_in: SignedIn, conversation_id: UUID, data: NewMessage, key: Key = None
) -> Message:
    """Stores the message and tells everyone in the conversation; a retry with the same key gets the same message."""
    return await sender.send(
        Draft(
            id=new_id(),
            conversation_id=conversation_id,
            person_id=signed_in.person_id,
            text=data.text,
            attachments=data.attachments,
            key=key,
            mentions=data.mentions,
            mentions_all=data.mentions_all,
            reply_to=data.reply_to,
            draft=data.draft,
        )
    )


@patch(
    "/conversations/{conversation_id}/messages/{message_id}",
    tags=TAGS,
    summary="Edit a message",
    operation_id="editMessage",
)
async def edit_message(
    database: Database,
    quotas: Quotas,
    signed_in: SignedIn,
    conversation_id: UUID,
    message_id: UUID,
    data: NewText,
) -> Message:
    """Only its author may edit a message."""
    return await editing.edit_message(database, signed_in.person_id, conversation_id, message_id, data.text, quotas)


@delete(
    "/conversations/{conversation_id}/messages/{message_id}",
    status=200,
    tags=TAGS,
    summary="Delete a message",
    operation_id="deleteMessage",
)
async def delete_message(database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID) -> Message:
    """Its text and files are gone for good; its place stays."""
    return await editing.delete_message(database, signed_in.person_id, conversation_id, message_id)


@get(
    "/conversations/{conversation_id}/messages/{message_id}/seen",
    tags=TAGS,
    summary="Who has seen a message",
    operation_id="listSeen",
)
async def list_seen(database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID) -> SeenBy:
    """Who of the other side has seen the message, and when first."""
    return SeenBy(await viewing.seen_by(database, signed_in.person_id, conversation_id, message_id))


@get(
    "/conversations/{conversation_id}/pins",
    tags=TAGS,
    summary="What is pinned",
    operation_id="listPinned",
)
async def list_pinned(database: Database, signed_in: SignedIn, conversation_id: UUID) -> Pinned:
    """The pinned messages of a conversation, newest first."""
    return Pinned(await pinning.pinned(database, signed_in.person_id, conversation_id))


@put(
    "/conversations/{conversation_id}/messages/{message_id}/pin",
    tags=TAGS,
    summary="Pin a message",
    operation_id="pinMessage",
)
async def pin_message(database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID) -> Message:
    """In a direct chat either of the two, in a group or channel owners and moderators; 100 at most."""
    return await pinning.set_pinned(database, signed_in.person_id, conversation_id, message_id, is_pinned=True)


@delete(
    "/conversations/{conversation_id}/messages/{message_id}/pin",
    status=200,
    tags=TAGS,
    summary="Unpin a message",
    operation_id="unpinMessage",
)
async def unpin_message(database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID) -> Message:
    """It stays where it was said."""
    return await pinning.set_pinned(database, signed_in.person_id, conversation_id, message_id, is_pinned=False)


@post(
    "/conversations/{conversation_id}/messages/{message_id}/forwards",
    tags=TAGS,
    summary="Forward a message",
    operation_id="forwardMessage",
)
async def forward_message(
    database: Database, quotas: Quotas, signed_in: SignedIn, conversation_id: UUID, message_id: UUID, data: ForwardTo
) -> Sent:
    """To up to 20 conversations in which the caller may write, to all of them or to none; its files come along."""
    ask = (conversation_id, message_id, data.conversations, data.text)
    return Sent(await forwarding.forward(database, quotas, signed_in.person_id, *ask))
