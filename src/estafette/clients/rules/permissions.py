"""Who may see and keep the register."""

from estafette.accounts import SignedIn
from estafette.base.errors import Forbidden


def require_communications(who: SignedIn) -> None:
    """Raises Forbidden for all but administrators, and employees and service accounts with the role for it."""
    if not who.communicates:
        raise Forbidden


def require_administrator(who: SignedIn) -> None:
    """Raises Forbidden for all others."""
    if not who.administrates:
        raise Forbidden
