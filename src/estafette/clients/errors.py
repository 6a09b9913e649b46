"""What can go wrong with the register of clients."""

from estafette.base.errors import Conflict, NotFound


class UnknownClient(NotFound):
    """There is no such client."""

    code = "unknown_client"


class ClientChanged(Conflict):
    """Somebody else has changed this client meanwhile."""

    code = "client_changed"


class NoConfirmedAccount(Conflict):
    """Nobody has an account with the confirmed address of this client, or another client is linked to it."""

    code = "no_confirmed_account"


class UnknownAttribute(NotFound):
    """There is no such attribute."""

    code = "unknown_attribute"


class UnknownImport(NotFound):
    """There is no such import."""

    code = "unknown_import"


class ImportHasStarted(Conflict):
    """This import has been started already."""

    code = "import_has_started"


class ImportHasEnded(Conflict):
    """This import is over: nothing is left to cancel."""

    code = "import_has_ended"


class UnknownSegment(NotFound):
    """There is no such segment."""

    code = "unknown_segment"


class SegmentChanged(Conflict):
    """Somebody else has changed this segment meanwhile."""

    code = "segment_changed"


class SegmentOutdated(Conflict):
    """This segment asks for attributes that were removed: {attributes}."""

    code = "segment_outdated"
