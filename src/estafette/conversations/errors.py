"""What can go wrong in conversations."""

from estafette.base.errors import Conflict, Forbidden, NotFound, Unavailable


class UnknownConversation(NotFound):
    """There is no such conversation."""

    code = "unknown_conversation"


class UnknownMessage(NotFound):
    """There is no such message."""

    code = "unknown_message"


class UnknownPartner(NotFound):
    """There is no such partner."""

    code = "unknown_partner"


class NotYourMessage(Forbidden):
    """Only the person who wrote a message may change it."""

    code = "not_your_message"


class MessageDeleted(Conflict):
    """This message was deleted."""

    code = "message_deleted"


class OwnPartner(Conflict):
    """You act for this partner yourself."""

    code = "own_partner"


class ConversationBusy(Unavailable):
    """Somebody else is writing in this conversation."""

    code = "conversation_busy"


class OnlyReading(Forbidden):
    """You may read here, and not write."""

    code = "only_reading"


class NotAMember(Forbidden):
    """You are not a member of this conversation. Join it first."""

    code = "not_a_member"


class ConversationArchived(Conflict):
    """This conversation is archived: nobody writes in it any more."""

    code = "conversation_archived"


class NotAllowedHere(Forbidden):
    """Your role in this conversation does not allow this."""

    code = "not_allowed_here"


class ThreadInThread(Conflict):
    """A thread has no threads: answer in it."""

    code = "thread_in_thread"


class NoThreadsHere(Conflict):
    """There are no threads in the conversation of a customer and a partner."""

    code = "no_threads_here"


class LastOwner(Conflict):
    """A conversation needs an owner: make somebody else one first."""

    code = "last_conversation_owner"


class TooManyPinned(Conflict):
    """100 messages are pinned here. Unpin one first."""

    code = "too_many_pinned"


class TooManyReactions(Conflict):
    """30 different emoji stand under this message. Choose one of them."""

    code = "too_many_reactions"


class UnknownPerson(NotFound):
    """There is no such person."""

    code = "unknown_person"


class UnknownScheduledMessage(NotFound):
    """There is no such scheduled message; it may have been sent."""

    code = "unknown_scheduled_message"


class TooManyScheduled(Conflict):
    """200 messages of yours are scheduled. Send or cancel one first."""

    code = "too_many_scheduled"


class DraftChanged(Conflict):
    """Another draft was kept meanwhile."""

    code = "draft_changed"


class TooManyReminders(Conflict):
    """You have 500 reminders. Take one away first."""

    code = "too_many_reminders"
