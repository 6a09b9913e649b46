"""Partners and their storefronts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import structs

from estafette.accounts.actions.announcing import announce_partner
from estafette.accounts.actions.invitations import allow_mail, invite
from estafette.accounts.actions.members import join
from estafette.accounts.models.inputs import NewPartner, PartnerChanges
from estafette.accounts.models.lists import Partners
from estafette.accounts.models.partners import Confirmation, Storefront
from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.rows import PartnerRow, PersonRow
from estafette.accounts.rules import lists, storefronts
from estafette.accounts.rules import partners as rules
from estafette.accounts.rules import people as rules_for_people
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import may_look_inside, require_administrator, require_owner
from estafette.accounts.rules.words import folded
from estafette.accounts.store import partners as store
from estafette.accounts.store import people
from estafette.base.database import Database, Queries, Transaction
from estafette.base.errors import NotFound
from estafette.base.ids import new_id
from estafette.files import exchange_picture


async def list_partners(database: Database, q: str | None, cursor: str | None, limit: int) -> Partners:
    """Partners by name; every word of `q` is part of name, tagline or city. Raises Invalid."""
    with Form() as form:
        patterns = form.read("q", lists.patterns, q)
        after = form.read("cursor", lists.position, cursor)
    rows = await store.page(database, patterns, after, limit + 1)
    following = rows[limit - 1][1].cursor() if len(rows) > limit else None
    return Partners(items=[card for card, _ in rows[:limit]], next=following)


async def storefront(queries: Database | Transaction, visitor: SignedIn | None, partner_id: UUID) -> Storefront:
    """A partner as this visitor may see it; raises NotFound."""
    row = await _found(queries, partner_id)
    return storefronts.shown(row, queries.clock.now(), inside=may_look_inside(visitor, partner_id))


async def partner(queries: Database | Transaction, partner_id: UUID) -> Storefront:
    """A partner as everybody may see it; raises NotFound."""
    return await storefront(queries, None, partner_id)


async def partner_exists(queries: Queries, partner_id: UUID) -> bool:
    """Whether there is such a partner."""
    return await store.exists(queries, partner_id)


async def partner_places(queries: Queries, every: int) -> list[UUID]:
    """By id the first partner, and each that comes so many after the one before."""
    return await store.places(queries, every)


async def partners_from(queries: Queries, first: UUID, limit: int, *, including: bool) -> list[tuple[UUID, datetime]]:
    """Partners by id after one, or from it on if it is included, and when what visitors see of each changed."""
    return await store.since(queries, first, limit, including=including)


async def confirmation(queries: Queries, partner_id: UUID) -> Confirmation:
    """What a partner answers by itself, in all languages; raises NotFound."""
    row = await _found(queries, partner_id)
    return Confirmation(name=row.name, texts=storefronts.confirmation_texts(row))


async def open_partner(database: Database, who: SignedIn, given: NewPartner) -> Storefront:
    """An administrator adds a partner, with its owner if one is named; raises Forbidden, Invalid and TooMany.

    An owner whose address is not confirmed, or who has no account, gets an invitation.
    """
    require_administrator(who)
    with Form() as form:
        form.read("name", rules.name, given.name)
        email = form.read("owner_email", rules_for_people.optional_email, given.owner_email)
    if email is not None and not _proved(await people.get_by_email(database, rules_for_people.email_key(email))):
        await allow_mail(database, email)
    async with database.transaction() as transaction:
        row = await _add(transaction, given.name, who.time_zone, who.person_id)
        if email is not None:
            owner = await people.get_by_email(transaction, rules_for_people.email_key(email))
            if owner is not None and _proved(owner):
                await join(transaction, row.id, owner.id, "owner", who.person_id)
            else:
                await invite(transaction, row.id, email, "owner", who.person_id, "owner_email")
        return storefronts.shown(row, transaction.clock.now(), inside=True)


def _proved(person: PersonRow | None) -> bool:
    return person is not None and person.email_confirmed_at is not None


async def make_partner(
    database: Database, name: str, *, time_zone: str = "UTC", by: UUID | None = None, **details: Any
) -> Storefront:
    """Adds a partner without asking who asks; `details` as in PartnerChanges, pictures being uploads of `by`."""
    changes = PartnerChanges(time_zone=time_zone, **details)
    async with database.transaction() as transaction:
        row = await _change(transaction, await _add(transaction, name, "UTC", by), changes, by)
        return storefronts.shown(row, transaction.clock.now(), inside=True)


async def change_partner(database: Database, who: SignedIn, partner_id: UUID, changes: PartnerChanges) -> Storefront:
    """Changes what was mentioned; raises NotFound, Forbidden and Invalid."""
    require_owner(who, partner_id)
    async with database.transaction() as transaction:
        row = await store.lock(transaction, partner_id)
        if row is None:
            raise NotFound
        row = await _change(transaction, row, changes, who.person_id)
        return storefronts.shown(row, transaction.clock.now(), inside=True)


async def _add(transaction: Transaction, name: str, time_zone: str, by: UUID | None) -> PartnerRow:
    with Form() as form:
        name = form.read("name", rules.name, name)
    row = PartnerRow(
        id=new_id(),
        name=name,
        tagline="",
        description="",
        picture=None,
        cover=None,
        city=None,
        website=None,
        time_zone=time_zone,
        opening_hours=[],
        confirmation_texts={},
    )
    await store.insert(transaction, row, folded(name), transaction.clock.now(), by)
    return row


async def _change(transaction: Transaction, old: PartnerRow, changes: PartnerChanges, by: UUID | None) -> PartnerRow:
    new = storefronts.changed(old, changes)
    uploader = by or old.id
    new = structs.replace(
        new,
        picture=await exchange_picture(transaction, uploader, "picture", old.picture, changes.picture),
        cover=await exchange_picture(transaction, uploader, "cover", old.cover, changes.cover),
    )
    if new != old:
        await store.update(transaction, new, folded(new.name), storefronts.search_key(new), transaction.clock.now())
        await announce_partner(transaction, new.id)
    return new


async def _found(queries: Queries, partner_id: UUID) -> PartnerRow:
    row = await store.get(queries, partner_id)
    if row is None:
        raise NotFound
    return row
