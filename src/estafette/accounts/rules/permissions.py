"""Who may do what with accounts."""

from uuid import UUID

from estafette.accounts.errors import SessionNeeded
from estafette.accounts.models.people import SignedIn
from estafette.base.errors import Forbidden, NotFound


def require_administrator(who: SignedIn) -> None:
    """Raises Forbidden for all others."""
    if not who.administrates:
        raise Forbidden


def require_employee(who: SignedIn) -> None:
    """Raises Forbidden for who does not belong to the organisation: only employees find each other."""
    if "employee" not in who.roles:
        raise Forbidden


def require_session(who: SignedIn) -> None:
    """Raises SessionNeeded for who came with a token.

    A token lies in programs and their logs. With one that was stolen nobody must be able to stay: not with another
    address or password, nor another token, nor by putting out those who would notice.
    """
    if who.session_id is None:
        raise SessionNeeded


def may_look_inside(who: SignedIn | None, partner_id: UUID) -> bool:
    """Members and administrators see who the members are and what the partner answers by itself."""
    return who is not None and (partner_id in who.partners or who.administrates)


def require_insider(who: SignedIn, partner_id: UUID) -> None:
    """Raises NotFound for all others: to them it is as if there were nothing."""
    if not may_look_inside(who, partner_id):
        raise NotFound


def may_change(who: SignedIn, partner_id: UUID) -> bool:
    """Owners and administrators change a partner, and see the addresses of its members."""
    return who.administrates or who.partners.get(partner_id) == "owner"


def require_owner(who: SignedIn, partner_id: UUID) -> None:
    """Raises Forbidden for a mere member, NotFound for outsiders."""
    require_insider(who, partner_id)
    if not may_change(who, partner_id):
        raise Forbidden
