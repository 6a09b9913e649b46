"""What can go wrong with documents of other systems."""

from estafette.base.errors import Conflict, NotFound, Unavailable


class UnknownDocumentSystem(NotFound):
    """There is no such document system."""

    code = "unknown_document_system"


class UnknownDocument(NotFound):
    """There is no such document, or the system does not grant it to this person."""

    code = "unknown_document"


class NothingToAcknowledge(Conflict):
    """The system does not ask this person to acknowledge this document."""

    code = "nothing_to_acknowledge"


class DocumentChanged(Conflict):
    """There is another version of this document than the one that was shown."""

    code = "document_changed"


class EmailNotConfirmed(Conflict):
    """Document systems know people by their confirmed e-mail address, and this one is not confirmed."""

    code = "document_email_not_confirmed"


class DocumentSystemUnreachable(Unavailable):
    """The document system cannot be asked: {reason}."""

    code = "document_system_unreachable"
