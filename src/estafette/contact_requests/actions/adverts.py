"""Adverts as they are looked at: the active ones by everybody, all by the partner."""

from typing import Final
from uuid import UUID

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database
from estafette.base.errors import NotFound
from estafette.contact_requests.actions.entering import enter, is_inside
from estafette.contact_requests.errors import UnknownAdvert
from estafette.contact_requests.models.adverts import Advert, Adverts
from estafette.contact_requests.rules.lists import patterns
from estafette.contact_requests.store import adverts as store

PAGE: Final = 50


async def list_adverts(
    database: Database,
    visitor: SignedIn | None,
    partner_id: UUID,
    *,
    everything: bool = False,
    q: str | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Adverts:
    """A partner's adverts, newest first: the active ones, or `everything` for its members; raises NotFound."""
    before, wanted = read_cursor(cursor), patterns(q)
    if not await accounts.partner_exists(database, partner_id):
        raise NotFound
    inside = is_inside(visitor, partner_id)
    read = store.page if everything and inside else store.page_of_active
    rows = await read(database, partner_id, wanted, before, limit + 1)
    following = write_cursor((rows[limit - 1].created_at, rows[limit - 1].id)) if len(rows) > limit else None
    return Adverts(items=[row.shown(inside=inside) for row in rows[:limit]], next=following)


async def advert(database: Database, visitor: SignedIn | None, partner_id: UUID, advert_id: UUID) -> Advert:
    """One advert; one that is not active is for the partner only. Raises UnknownAdvert."""
    inside = is_inside(visitor, partner_id)
    row = await store.get(database, partner_id, advert_id)
    if row is None or not (inside or row.withdrawn_at is None):
        raise UnknownAdvert
    return row.shown(inside=inside)


async def named_advert(database: Database, who: SignedIn, partner_id: UUID, name: str) -> UUID | None:
    """The id of the advert of a partner that has this reference, or this id; raises NotFound for outsiders."""
    await enter(database, who, partner_id)
    try:
        id_ = UUID(name)
    except ValueError:
        id_ = None
    return await store.named(database, partner_id, name, id_)
