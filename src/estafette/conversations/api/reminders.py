"""Reminders over HTTP."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.conversations.actions import reminding
from estafette.conversations.models.reminders import NewReminder, Reminder, Reminders
from estafette.http import delete, get, put

TAGS = ["Later"]


@get("/reminders", tags=TAGS, summary="What one is reminded of", operation_id="listReminders")
async def list_reminders(database: Database, signed_in: SignedIn) -> Reminders:
    """The messages of which one is still to be reminded, the next first."""
    return await reminding.reminders(database, signed_in.person_id)


@put(
    "/conversations/{conversation_id}/messages/{message_id}/reminder",
    tags=TAGS,
    summary="Be reminded of a message",
    operation_id="remindOfMessage",
)
async def remind_of_message(
    database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID, data: NewReminder
) -> Reminder:
    """The bell rings for oneself at that time, with the message as it is then; another time takes its place."""
    return await reminding.remind(database, signed_in.person_id, conversation_id, message_id, data.at)


@delete(
    "/conversations/{conversation_id}/messages/{message_id}/reminder",
    tags=TAGS,
    summary="Take a reminder away",
    operation_id="forgetReminder",
)
async def forget_reminder(database: Database, signed_in: SignedIn, conversation_id: UUID, message_id: UUID) -> None:
    """Taking it away again changes nothing."""
    await reminding.forget_reminder(database, signed_in.person_id, conversation_id, message_id)
