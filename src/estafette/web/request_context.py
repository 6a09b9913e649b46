"""What the edge notes about a request on its way in and out."""

from time import perf_counter
from typing import Final

from uuid_utils import uuid4

from estafette.accounts import SignedIn
from estafette.http.asgi import Scope
from estafette.web.peers import Place

_VISIT: Final = "estafette"


class RequestContext:
    """One request or socket: its id, whence it came, who asks once that is known, and how it was answered."""

    __slots__ = ("address", "paced", "place", "request_id", "route", "secure", "signed_in", "started", "status")

    def __init__(self, address: str, secure: bool, place: Place | None = None) -> None:
        self.request_id = str(uuid4())
        self.address = address
        self.secure = secure
        """Whether it came over TLS, as far as the edge may believe it."""
        self.place = place
        """What its connection counts as; None when that is not counted."""
        self.signed_in: SignedIn | None = None
        self.paced = False
        """Whether it was counted how fast this one goes."""
        self.route = "unknown"
        """The path with the names of its parameters, as logs and figures call it."""
        self.status = 0
        """The HTTP status sent; 0 while nothing was sent."""
        self.started = perf_counter()


def attach(scope: Scope, context: RequestContext) -> None:
    """Leaves the context where every part of the edge finds it."""
    scope[_VISIT] = context


def context_of(scope: Scope) -> RequestContext:
    """The context that belongs to a scope."""
    return scope[_VISIT]
