"""Attributes are added, changed and removed by administrators."""

from typing import Final
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import replace

from estafette.accounts import Form, SignedIn, folded
from estafette.base.database import Database, Queries, Transaction
from estafette.base.errors import invalid
from estafette.clients.errors import UnknownAttribute
from estafette.clients.models.attributes import Attribute, AttributeChanges, NewAttribute
from estafette.clients.rules import attributes as rules
from estafette.clients.rules.permissions import require_administrator, require_communications
from estafette.clients.store import attributes

AT_ONCE: Final = 2_000


async def list_attributes(queries: Queries, who: SignedIn) -> list[Attribute]:
    """All attributes in their order; raises Forbidden."""
    require_communications(who)
    return await attributes.listed(queries)


async def known_attributes(queries: Queries) -> dict[str, Attribute]:
    """All attributes by their keys."""
    return {each.key: each for each in await attributes.listed(queries)}


async def held_attributes(transaction: Transaction) -> dict[str, Attribute]:
    """All attributes by their keys, for who writes values of them: none is removed before that is done."""
    return {each.key: each for each in await attributes.hold(transaction)}


async def add_attribute(database: Database, who: SignedIn, new: NewAttribute) -> Attribute:
    """A new attribute at the end of the list; raises Forbidden and Invalid."""
    require_administrator(who)
    with Form() as form:
        label = form.read("label", rules.label, new.label)
        key = form.read("key", rules.key, new.key) if new.key else None
        choices = _choices(form, new.kind, new.choices)
    async with database.transaction() as transaction:
        rows = await attributes.lock_all(transaction)
        used = [row for row in rows if row["removed_at"] is None]
        taken = frozenset(row["key"] for row in rows)
        if len(used) >= rules.ATTRIBUTES:
            raise invalid("label", "too_many", max=rules.ATTRIBUTES)
        if key in taken:
            raise invalid("key", "attribute_key_taken")
        if folded(label) in {folded(row["label"]) for row in used}:
            raise invalid("label", "attribute_label_taken")
        added = Attribute(
            key=key or rules.key_of(label, taken),
            label=label,
            kind=new.kind,
            choices=choices,
            position=max((row["position"] for row in used), default=0) + 1,
            created_at=transaction.clock.now(),
        )
        await attributes.insert(transaction, added, who.person_id)
    return added


async def change_attribute(database: Database, who: SignedIn, key: str, changes: AttributeChanges) -> Attribute:
    """Another label, place or choices; raises Forbidden, UnknownAttribute and Invalid."""
    require_administrator(who)
    async with database.transaction() as transaction:
        rows = await attributes.lock_all(transaction)
        known = {each.key: each for each in await attributes.listed(transaction)}
        if key not in known:
            raise UnknownAttribute
        old = known[key]
        with Form() as form:
            label = form.read_change("label", rules.label, changes.label, old.label)
            choices = old.choices if changes.choices is UNSET else _choices(form, old.kind, changes.choices)
            if changes.position is not UNSET and not 0 <= changes.position <= len(rows) + 1:
                form.refuse("position", "out_of_range", min=0, max=len(rows) + 1)
            if folded(label) in {folded(each.label) for each in known.values() if each.key != key}:
                form.refuse("label", "attribute_label_taken")
        position = old.position if changes.position is UNSET else changes.position
        changed = replace(old, label=label, choices=choices, position=position)
        await attributes.update(transaction, changed)
    return changed


async def remove_attribute(database: Database, who: SignedIn, key: str) -> None:
    """Takes an attribute out of use; a worker takes the values away. Raises Forbidden and UnknownAttribute."""
    require_administrator(who)
    async with database.transaction() as transaction:
        if not await attributes.remove(transaction, key, transaction.clock.now(), who.person_id):
            raise UnknownAttribute


async def clear_some_values(database: Database) -> bool:
    """Takes some values of a removed attribute away; whether there was something to do."""
    async with database.transaction() as transaction:
        row = await attributes.claim_removed(transaction)
        if row is None:
            return False
        last: UUID | None = await attributes.clear_some(transaction, row["key"], row["cleared_to"], AT_ONCE)
        await attributes.note_cleared(transaction, row["key"], last)
        return True


def _choices(form: Form, kind: str, given: list[str]) -> list[str]:
    if kind == "choice":
        return form.read("choices", rules.choices, given)
    if given:
        form.refuse("choices", "choices_of_choice_alone")
    return []
