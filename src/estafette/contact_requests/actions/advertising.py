"""Advertising: the members of a partner register adverts, change them, and take them away."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from estafette import accounts, files
from estafette.accounts import SignedIn
from estafette.base import changes
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.contact_requests.actions.entering import enter
from estafette.contact_requests.errors import AdvertHasRequests, UnknownAdvert
from estafette.contact_requests.models.adverts import Advert, AdvertChanges, AdvertRow, NewAdvert
from estafette.contact_requests.rules.adverts import ADVERTS, check_advert
from estafette.contact_requests.store import adverts as store

CHANGED: Final = "adverts_changed"


async def add_advert(database: Database, who: SignedIn, partner_id: UUID, given: NewAdvert) -> Advert:
    """A member registers an advert; raises NotFound and Invalid."""
    await enter(database, who, partner_id)
    title, reference, link = check_advert(given.title, given.reference, given.link)
    advert_id = new_id()
    async with _changing(database, partner_id, advert_id) as transaction:
        if await store.count(transaction, partner_id) >= ADVERTS:
            raise invalid("title", "too_many", max=ADVERTS)
        now = transaction.clock.now()
        row = AdvertRow(
            id=advert_id,
            partner_id=partner_id,
            reference=reference or str(advert_id),
            title=title,
            link=link,
            picture=await files.exchange_picture(transaction, who.person_id, "picture", None, given.picture),
            requests=0,
            created_at=now,
            withdrawn_at=None if given.active else now,
            withdrawn_by=None if given.active else who.person_id,
        )
        await store.insert(transaction, row, _search_key(row), who.person_id)
    return row.shown(inside=True)


async def change_advert(
    database: Database, who: SignedIn, partner_id: UUID, advert_id: UUID, given: AdvertChanges
) -> Advert:
    """Changes what was mentioned; raises NotFound, UnknownAdvert and Invalid."""
    await enter(database, who, partner_id)
    async with _changing(database, partner_id, advert_id) as transaction:
        old = await store.lock(transaction, partner_id, advert_id)
        if old is None:
            raise UnknownAdvert
        title, reference, link = check_advert(
            old.title if given.title is UNSET else given.title,
            old.reference if given.reference is UNSET else given.reference,
            old.link if given.link is UNSET else given.link,
        )
        now = transaction.clock.now()
        withdrawn_at, withdrawn_by = _withdrawn(old, given.active, now, who.person_id)
        new = replace(
            old,
            title=title,
            reference=reference or str(advert_id),
            link=link,
            picture=await files.exchange_picture(transaction, who.person_id, "picture", old.picture, given.picture),
            withdrawn_at=withdrawn_at,
            withdrawn_by=withdrawn_by,
        )
        await store.update(transaction, new, _search_key(new), now)
    return new.shown(inside=True)


async def delete_advert(database: Database, who: SignedIn, partner_id: UUID, advert_id: UUID) -> None:
    """Removes an advert about which nobody has asked; raises NotFound, UnknownAdvert and AdvertHasRequests."""
    await enter(database, who, partner_id)
    async with _changing(database, partner_id, advert_id) as transaction:
        old = await store.lock(transaction, partner_id, advert_id)
        if old is None:
            raise UnknownAdvert
        if old.requests:
            raise AdvertHasRequests
        await store.delete(transaction, advert_id)
        await files.release(transaction, [old.picture] if old.picture else [])


@asynccontextmanager
async def _changing(database: Database, partner_id: UUID, advert_id: UUID) -> AsyncGenerator[Transaction, None]:
    """A transaction that takes the partner's stream first, as those do that store requests about the advert."""
    try:
        async with database.transaction() as transaction:
            await changes.advance(transaction, partner_id, CHANGED, advert_id)
            yield transaction
    except asyncpg.UniqueViolationError:
        raise invalid("reference", "reference_taken") from None


def _withdrawn(
    old: AdvertRow, active: bool | UnsetType, now: datetime, by: UUID
) -> tuple[datetime | None, UUID | None]:
    if active is UNSET or active == (old.withdrawn_at is None):
        return old.withdrawn_at, old.withdrawn_by
    return (None, None) if active else (now, by)


def _search_key(advert: AdvertRow) -> str:
    return accounts.folded(f"{advert.title} {advert.reference}")
