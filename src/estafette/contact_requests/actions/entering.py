"""Who may look at the contact requests of a partner: its members and administrators; to others there are none."""

from uuid import UUID

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.database import Queries
from estafette.base.errors import NotFound


def is_inside(visitor: SignedIn | None, partner_id: UUID) -> bool:
    """Whether somebody is a member of a partner, or administrates."""
    return visitor is not None and (partner_id in visitor.partners or visitor.administrates)


async def enter(queries: Queries, who: SignedIn, partner_id: UUID) -> None:
    """Raises NotFound for outsiders, and for a partner that there is not."""
    accounts.require_insider(who, partner_id)
    if partner_id not in who.partners and not await accounts.partner_exists(queries, partner_id):
        raise NotFound
