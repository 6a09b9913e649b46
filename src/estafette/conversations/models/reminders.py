"""Messages of which somebody wants to be reminded."""

from datetime import datetime

import msgspec

from estafette.conversations.models.conversations import Conversation
from estafette.conversations.models.messages import Message
from estafette.conversations.models.scheduled_messages import Moment


class Reminder(msgspec.Struct, frozen=True):
    """That a person is reminded of a message at a time; nobody else knows."""

    message: Message
    at: datetime


class Reminders(msgspec.Struct, frozen=True):
    """What somebody is still to be reminded of, the next first, and the conversations it was said in."""

    items: list[Reminder]
    conversations: list[Conversation]


class NewReminder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When to be reminded: at least a minute and at most 366 days ahead."""

    at: Moment
