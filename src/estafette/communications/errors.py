"""What can go wrong with communications."""

from typing import ClassVar

from estafette.base.errors import Conflict, NotFound


class UnknownCommunication(NotFound):
    """There is no such communication."""

    code = "unknown_communication"


class UnknownRecipient(NotFound):
    """This client is no recipient of the communication on this channel."""

    code = "unknown_recipient"


class UnknownList(NotFound):
    """There is no such list of clients."""

    code = "unknown_client_list"


class CommunicationChanged(Conflict):
    """Somebody else has changed this communication meanwhile: it has the revision {revision} now."""

    code = "communication_changed"
    told: ClassVar[tuple[str, ...]] = ("revision",)


class InState(Conflict):
    """This cannot be done with a communication in the state {state}."""

    code = "communication_in_state"
    told: ClassVar[tuple[str, ...]] = ("state",)


class HasBegun(InState):
    """This communication is being sent: pause it before you change it."""

    code = "communication_has_begun"


class IsPaused(InState):
    """A part of this communication may have gone out: only name, texts, pace and quiet hours can be changed."""

    code = "communication_is_paused"


class HasEnded(InState):
    """This communication is over."""

    code = "communication_has_ended"


class NotADraft(InState):
    """This communication is no draft any more."""

    code = "communication_no_draft"


class NotEnded(InState):
    """This communication is not over yet."""

    code = "communication_not_ended"


class NothingFailed(Conflict):
    """Nothing of this communication has failed that could be sent again."""

    code = "nothing_failed"


class UnknownAnswer(NotFound):
    """There is no such answer."""

    code = "unknown_answer"
