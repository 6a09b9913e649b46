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
