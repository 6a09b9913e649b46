"""Who may send, and who sets up gateways."""

from estafette.accounts import SignedIn
from estafette.base.errors import Forbidden
from estafette.deliveries.errors import MayNotSend


def require_sender(who: SignedIn) -> None:
    """Service accounts and administrators send; raises MayNotSend for all others."""
    if who.roles.isdisjoint({"service", "administrator"}):
        raise MayNotSend


def require_administrator(who: SignedIn) -> None:
    """Raises Forbidden for all others."""
    if not who.administrates:
        raise Forbidden


def require_communications(who: SignedIn) -> None:
    """Raises Forbidden for all but administrators, and employees and service accounts with the role for it."""
    if not who.communicates:
        raise Forbidden
