"""Messages for later over HTTP."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.quotas import Quotas
from estafette.conversations.actions import scheduling
from estafette.conversations.models.messages import Message
from estafette.conversations.models.scheduled_messages import (
    NewScheduledMessage,
    ScheduledMessage,
    ScheduledMessageChanges,
    ScheduledMessages,
)
from estafette.http import delete, get, patch, post

TAGS = ["Later"]


@post(
    "/conversations/{conversation_id}/scheduled-messages",
    tags=TAGS,
    summary="Send a message later",
    operation_id="scheduleMessage",
)
async def schedule_message(
    database: Database, quotas: Quotas, signed_in: SignedIn, conversation_id: UUID, data: NewScheduledMessage
) -> ScheduledMessage:
    """It goes out at its time, once; what its author may do is asked again then. 200 may wait at a time."""
    return await scheduling.schedule(database, quotas, signed_in.person_id, conversation_id, data)


@get(
    "/conversations/{conversation_id}/scheduled-messages",
    tags=TAGS,
    summary="What one sends here later",
    operation_id="listScheduledMessagesOfConversation",
)
async def list_scheduled_here(database: Database, signed_in: SignedIn, conversation_id: UUID) -> ScheduledMessages:
    """One's own messages for a conversation that wait for their time, the next first."""
    return await scheduling.scheduled_here(database, signed_in.person_id, conversation_id)


@get("/scheduled-messages", tags=TAGS, summary="All that one sends later", operation_id="listScheduledMessages")
async def list_scheduled(database: Database, signed_in: SignedIn) -> ScheduledMessages:
    """One's own messages that wait for their time, or for their author after they were refused; the next first."""
    return await scheduling.scheduled(database, signed_in.person_id)


@patch(
    "/scheduled-messages/{scheduled_message_id}",
    tags=TAGS,
    summary="Change a scheduled message",
    operation_id="changeScheduledMessage",
)
async def change_scheduled(
    database: Database, signed_in: SignedIn, scheduled_message_id: UUID, data: ScheduledMessageChanges
) -> ScheduledMessage:
    """Other words, or another time; one that was refused is tried again at its new time."""
    return await scheduling.change(database, signed_in.person_id, scheduled_message_id, data)


@delete(
    "/scheduled-messages/{scheduled_message_id}",
    tags=TAGS,
    summary="Cancel a scheduled message",
    operation_id="cancelScheduledMessage",
)
async def cancel_scheduled(database: Database, signed_in: SignedIn, scheduled_message_id: UUID) -> None:
    """It is not sent; its files are gone."""
    await scheduling.cancel(database, signed_in.person_id, scheduled_message_id)


@post(
    "/scheduled-messages/{scheduled_message_id}/message",
    tags=TAGS,
    summary="Send a scheduled message now",
    operation_id="sendScheduledMessage",
)
async def send_scheduled(
    database: Database, quotas: Quotas, signed_in: SignedIn, scheduled_message_id: UUID
) -> Message:
    """The message that it became."""
    return await scheduling.send_now(database, quotas, signed_in.person_id, scheduled_message_id)
