"""The contact list of an employee: colleagues at hand, in an order of one's own, on all of one's devices."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType

from estafette.accounts import SignedIn
from estafette.accounts.actions import contact_list, people, streams
from estafette.accounts.models.contact_list import ContactPlace, ContactPut
from estafette.accounts.models.inputs import PersonChanges
from estafette.accounts.rules.contact_list import MOST_CONTACTS, placed
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid, NotFound
from estafette.base.ids import new_id
from tests.accounts.people import administrator, codes
from tests.world import sign_in


@dataclass
class Staff:
    database: Database
    root: SignedIn
    gina: SignedIn
    hugo: SignedIn
    ida: SignedIn
    jan: SignedIn

    async def put(self, whom: SignedIn, **how: object) -> None:
        """Gina puts somebody on her list."""
        given = ContactPut(**how)  # pyright: ignore[reportArgumentType]
        await contact_list.put_contact(self.database, self.gina, whom.person_id, given)

    async def listed(self, who: SignedIn | None = None) -> list[str]:
        """The names on Gina's list, or on somebody's, favourites with a star."""
        found = await contact_list.contact_list(self.database, who or self.gina)
        return [each.person.name + "*" * each.is_favourite for each in found.items]


@pytest.fixture
async def staff(database: Database) -> Staff:
    names = ("Gina", "Hugo", "Ida", "Jan")
    people = [await sign_in(database, f"{name.lower()}@example.com", name, "employee") for name in names]
    return Staff(database, await administrator(database), *people)


async def test_contacts_stand_in_the_order_in_which_they_were_added_favourites_first(staff: Staff) -> None:
    for each in (staff.hugo, staff.ida, staff.jan):
        await staff.put(each)
    assert await staff.listed() == ["Hugo", "Ida", "Jan"]
    await staff.put(staff.jan, is_favourite=True)
    await staff.put(staff.ida, is_favourite=True)
    assert await staff.listed() == ["Jan*", "Ida*", "Hugo"]
    await staff.put(staff.jan, is_favourite=False)
    assert await staff.listed() == ["Ida*", "Hugo", "Jan"]
    assert await staff.listed(staff.hugo) == [], "a list is its owner's"


async def test_a_contact_is_moved_among_its_equals(staff: Staff) -> None:
    for each in (staff.hugo, staff.ida, staff.jan):
        await staff.put(each)
    await staff.put(staff.jan, position=0)
    assert await staff.listed() == ["Jan", "Hugo", "Ida"]
    await staff.put(staff.jan, position=999)
    assert await staff.listed() == ["Hugo", "Ida", "Jan"]
    await staff.put(staff.ida, is_favourite=True, position=0)
    await staff.put(staff.jan, is_favourite=True, position=0)
    assert await staff.listed() == ["Jan*", "Ida*", "Hugo"]


async def test_ones_other_devices_are_told_and_nobody_else(staff: Staff) -> None:
    await staff.put(staff.hugo)
    await staff.put(staff.hugo)  # changes nothing
    await contact_list.remove_contact(staff.database, staff.gina, staff.hugo.person_id)
    told = await streams.own_changes(staff.database, staff.gina, 0, 100)
    assert [(each.kind, each.subject) for each in told.changes] == [("contacts_changed", staff.hugo.person_id)] * 2
    heard = await streams.own_changes(staff.database, staff.hugo, 0, 100)
    assert "contacts_changed" not in [each.kind for each in heard.changes]


async def test_who_is_deactivated_falls_out_and_comes_back_where_they_were(staff: Staff) -> None:
    for each in (staff.hugo, staff.ida, staff.jan):
        await staff.put(each)
    await people.change_person(staff.database, staff.root, staff.ida.person_id, PersonChanges(disabled=True))
    assert await staff.listed() == ["Hugo", "Jan"]
    with pytest.raises(NotFound):
        await staff.put(staff.ida)
    await people.change_person(staff.database, staff.root, staff.ida.person_id, PersonChanges(disabled=False))
    assert await staff.listed() == ["Hugo", "Ida", "Jan"]


async def test_only_employees_have_contacts_and_only_employees_are(staff: Staff) -> None:
    ann = await sign_in(staff.database, "ann@example.com", "Ann")
    for stranger in (ann, staff.root):
        with pytest.raises(Forbidden):
            await contact_list.contact_list(staff.database, stranger)
        with pytest.raises(Forbidden):
            await contact_list.put_contact(staff.database, stranger, staff.hugo.person_id, ContactPut())
        with pytest.raises(Forbidden):
            await contact_list.remove_contact(staff.database, stranger, staff.hugo.person_id)
    for nobody in (ann.person_id, new_id()):
        with pytest.raises(NotFound):
            await contact_list.put_contact(staff.database, staff.gina, nobody, ContactPut())
    with pytest.raises(NotFound):
        await contact_list.remove_contact(staff.database, staff.gina, staff.hugo.person_id)
    assert await staff.listed() == []


@pytest.mark.parametrize("position", [-1, MOST_CONTACTS, 10**18])
async def test_a_place_that_no_list_has_is_refused(staff: Staff, position: int) -> None:
    with pytest.raises(Invalid) as refusal:
        await staff.put(staff.hugo, position=position)
    assert codes(refusal.value) == {"position": "out_of_range"}
    with pytest.raises(Invalid) as refusal:
        await staff.put(staff.gina)
    assert codes(refusal.value) == {"person_id": "own_contact"}
    assert await staff.listed() == []


PEOPLE = [UUID(int=number) for number in range(6)]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from([UNSET, True, False]),
        st.sampled_from([UNSET, 0, 2, 900]),
    ),
    max_size=12,
)


@given(CHANGES)
def test_whatever_is_moved_everybody_stands_once_and_favourites_first(
    changes: list[tuple[UUID, bool | UnsetType, int | UnsetType]],
) -> None:
    contacts: list[ContactPlace] = []
    for person, favourite, position in changes:
        before = [each for each in contacts if each.person_id != person]
        contacts = placed(contacts, person, ContactPut(is_favourite=favourite, position=position))
        assert [each for each in contacts if each.person_id != person] == before, "nobody else moves"
        moved = next(each for each in contacts if each.person_id == person)
        part = [each for each in contacts if each.is_favourite == moved.is_favourite]
        if favourite is not UNSET:
            assert moved.is_favourite == favourite
        if position is not UNSET:
            assert part.index(moved) == min(position, len(part) - 1)
    assert len({each.person_id for each in contacts}) == len(contacts)
    assert [each.is_favourite for each in contacts] == sorted((e.is_favourite for e in contacts), reverse=True)


def test_a_list_has_a_longest() -> None:
    full = [ContactPlace(person_id=UUID(int=number), is_favourite=False) for number in range(MOST_CONTACTS)]
    with pytest.raises(Invalid) as refusal:
        placed(full, UUID(int=MOST_CONTACTS), ContactPut())
    assert codes(refusal.value) == {"person_id": "too_many"}
    assert placed(full, UUID(int=7), ContactPut(position=0))[0].person_id == UUID(int=7), "who is in may be moved"
