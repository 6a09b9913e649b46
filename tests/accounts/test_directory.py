"""The directory: colleagues are found while one types, and everybody sees at once who changes, comes or goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafette.accounts import SignedIn
from estafette.accounts.actions import directory, people, profiles, streams
from estafette.accounts.models.colleagues import Colleague, EmployeeProfileChanges
from estafette.accounts.models.inputs import PersonChanges, ProfileChanges
from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.rules.directory import query
from estafette.accounts.rules.forms import Wrong
from estafette.accounts.rules.words import folded
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid, NotFound
from estafette.base.ids import new_id
from tests.accounts.people import administrator, codes, sign_up
from tests.world import again, sign_in

ENTRIES = {
    "Hélène Carré": "helene@example.com Key accounts Sales 33639980009",
    "Hugo Martin": "hugo@example.com Head of sales",
    "Артём Королёв": "artem@example.com",
}
"""Everything of each by which they can be found."""


@dataclass
class Staff:
    database: Database
    root: SignedIn
    gina: SignedIn  # Hélène Carré, of sales
    hugo: SignedIn  # Hugo Martin, who leads it
    ida: SignedIn  # Артём Королёв

    async def find(self, q: str | None = None, department: str | None = None) -> list[str]:
        found = await directory.search_directory(self.database, self.hugo, q, department, None, 50)
        return [each.name for each in found.items]

    async def change(self, whom: SignedIn, **changes: object) -> Colleague:
        given = EmployeeProfileChanges(**changes)  # pyright: ignore[reportArgumentType]
        return await directory.change_employee_profile(self.database, self.root, whom.person_id, given)

    async def told(self, after: int = 0) -> list[tuple[str, UUID]]:
        found = await streams.organisation_changes(self.database, self.hugo, after, 200)
        return [(each.kind, each.subject) for each in found.changes]


@pytest.fixture
async def staff(database: Database) -> Staff:
    staff = Staff(
        database,
        await administrator(database),
        await sign_in(database, "helene@example.com", "Hélène Carré", "employee"),
        await sign_in(database, "hugo@example.com", "Hugo Martin", "employee"),
        await sign_in(database, "artem@example.com", "Артём Королёв", "employee"),
    )
    await staff.change(staff.gina, title="Key accounts", department="Sales", phone="+33 6 39 98 00 09")
    await staff.change(staff.hugo, title="Head of sales", department="sales")
    return staff


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hel", ["Hélène Carré"]),
        ("carre hel", ["Hélène Carré"]),
        ("HÉL  CARRÉ", ["Hélène Carré"]),
        ("королев", ["Артём Королёв"]),
        ("КОРОЛЁВ арт", ["Артём Королёв"]),
        ("sales", ["Hugo Martin", "Hélène Carré"]),
        ("key acc", ["Hélène Carré"]),
        ("sales head", ["Hugo Martin"]),
        ("artem", ["Артём Королёв"]),
        ("+33 6 39", ["Hélène Carré"]),
        ("06 39 98 00", ["Hélène Carré"]),
        ("0009", ["Hélène Carré"]),
        ("elene", []),
        ("hel mart", []),
        ("%", []),
        ("':* | 'h", ["Hugo Martin", "Hélène Carré"]),
        ("", ["Hugo Martin", "Hélène Carré", "Артём Королёв"]),
    ],
)
async def test_beginnings_of_words_find_in_any_order(staff: Staff, typed: str, found: Sequence[str]) -> None:
    assert sorted(await staff.find(typed)) == sorted(found)


async def test_whose_name_begins_so_comes_first_and_pages_lead_to_everybody_once(staff: Staff) -> None:
    for name in ("Bernard Hubert", "Hubert Blanc", "Alice Hubert", "Hubertine Roy"):
        await sign_in(staff.database, f"{new_id()}@example.com", name, "employee")
    names: list[str] = []
    cursor = None
    for _ in range(4):
        page = await directory.search_directory(staff.database, staff.gina, "hubert", None, cursor, 1)
        names += [each.name for each in page.items]
        cursor = page.next
    assert names == ["Hubert Blanc", "Hubertine Roy", "Alice Hubert", "Bernard Hubert"]
    assert cursor is None


async def test_departments_are_one_however_they_are_written(staff: Staff) -> None:
    found = await directory.list_departments(staff.database, staff.gina)
    assert [(each.name.lower(), each.people) for each in found.items] == [("", 1), ("sales", 2)]
    assert await staff.find(department="SALES") == ["Hélène Carré", "Hugo Martin"]
    assert await staff.find("hug", department="Sales") == ["Hugo Martin"]
    assert await staff.find(department="") == ["Артём Королёв"]


async def test_a_change_of_a_person_is_found_at_once_and_told_to_the_organisation(staff: Staff) -> None:
    head = len(await staff.told())
    await profiles.change_profile(staff.database, staff.gina, ProfileChanges(name="Hélène Petit"))
    assert await staff.find("petit") == ["Hélène Petit"]
    assert await staff.find("carre") == []
    await staff.change(staff.gina, department="Support")
    assert await staff.find("support") == ["Hélène Petit"]
    assert await staff.told(head) == [("colleague_changed", staff.gina.person_id)] * 2
    await staff.change(staff.gina, department="Support")
    assert len(await staff.told(head)) == 2, "what is as it was is told to nobody"


async def test_who_comes_and_goes_is_listed_and_not(staff: Staff) -> None:
    head = len(await staff.told())
    ann, _ = await sign_up(staff.database, confirmed=True)
    assert await staff.find("ann") == []
    assert await staff.told(head) == [], "customers are no colleagues"
    await people.change_person(staff.database, staff.root, ann.person_id, PersonChanges(roles=["employee"]))
    assert await staff.find("ann") == ["Ann"]
    await people.change_person(staff.database, staff.root, ann.person_id, PersonChanges(disabled=True))
    assert await staff.find("ann") == []
    with pytest.raises(NotFound):
        await directory.colleague(staff.database, staff.hugo, ann.person_id)
    assert {subject for _, subject in await staff.told(head)} == {ann.person_id}
    await people.change_person(staff.database, staff.root, ann.person_id, PersonChanges(disabled=False, roles=[]))
    assert await staff.find("ann") == []


async def test_strangers_to_the_organisation_find_nobody(staff: Staff) -> None:
    ann, _ = await sign_up(staff.database)
    for refused in (
        directory.search_directory(staff.database, ann, None, None, None, 50),
        directory.list_departments(staff.database, ann),
        directory.colleague(staff.database, ann, staff.hugo.person_id),
        streams.organisation_changes(staff.database, ann, 0, 10),
    ):
        with pytest.raises(Forbidden):
            await refused


async def test_employees_change_what_is_theirs_and_administrators_the_rest(staff: Staff) -> None:
    hours = [OpeningSpan(day=0, opens="09:00", closes="17:00")]
    own = EmployeeProfileChanges(title="Sales", phone="+33639980001", working_hours=hours)
    changed = await directory.change_employee_profile(staff.database, staff.ida, staff.ida.person_id, own)
    assert (changed.title, changed.phone, changed.working_hours) == ("Sales", "+33639980001", hours)
    for who, whom, changes in (
        (staff.ida, staff.ida, EmployeeProfileChanges(department="Board")),
        (staff.ida, staff.ida, EmployeeProfileChanges(manager_id=None)),
        (staff.ida, staff.hugo, EmployeeProfileChanges(title="Nobody")),
    ):
        with pytest.raises(Forbidden):
            await directory.change_employee_profile(staff.database, who, whom.person_id, changes)
    ann, _ = await sign_up(staff.database)
    with pytest.raises(NotFound):
        await staff.change(ann, title="Customer")


async def test_nobody_is_above_himself(staff: Staff) -> None:
    changed = await staff.change(staff.gina, manager_id=staff.hugo.person_id)
    assert changed.manager is not None
    assert changed.manager.name == "Hugo Martin"
    await staff.change(staff.ida, manager_id=staff.gina.person_id)
    for manager in (staff.hugo, staff.gina, staff.ida):
        with pytest.raises(Invalid) as refused:
            await staff.change(staff.hugo, manager_id=manager.person_id)
        assert codes(refused.value) == {"manager_id": "manager_below"}
    ann, _ = await sign_up(staff.database)
    with pytest.raises(Invalid) as refused:
        await staff.change(staff.hugo, manager_id=ann.person_id)
    assert codes(refused.value) == {"manager_id": "not_an_employee"}


async def test_what_is_wrong_is_said_field_by_field_and_nothing_is_kept(staff: Staff) -> None:
    with pytest.raises(Invalid) as refused:
        await staff.change(
            staff.gina,
            title="x" * 121,
            department="a\u202eb",
            phone="12",
            working_hours=[OpeningSpan(day=7, opens="9", closes="17:00")],
        )
    assert codes(refused.value) == {
        "title": "too_long",
        "department": "forbidden_character",
        "phone": "phone_invalid",
        "working_hours[0].day": "out_of_range",
        "working_hours[0].opens": "time_invalid",
    }
    assert (await directory.colleague(staff.database, staff.hugo, staff.gina.person_id)).title == "Key accounts"


def _has(name: str, words: list[str]) -> bool:
    """Whether all letters and digits that were typed are in the entry."""
    entry = folded(f"{name} {ENTRIES[name]}")
    return all(letter in entry for word in words for letter in word if letter.isalnum())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
async def test_whatever_is_typed_is_a_search(staff: Staff, typed: str) -> None:
    try:
        query(typed)
    except Wrong:
        return
    found = await staff.find(typed)
    words = folded(typed).split()
    assert found == await staff.find() if not words else all(_has(name, words) for name in found)


async def test_the_state_read_before_and_the_changes_since_are_the_state_read_after(staff: Staff) -> None:
    held = {each.id: each for each in (await directory.search_directory(*_all(staff))).items}
    head = len(await staff.told())
    await staff.change(staff.ida, title="Legal")
    eva = await sign_in(staff.database, "eva@example.com", "Eva", "employee")
    await people.change_person(staff.database, staff.root, staff.gina.person_id, PersonChanges(disabled=True))
    await profiles.change_profile(staff.database, await again(staff.database, eva.person_id), ProfileChanges(name="E"))
    for _, subject in await staff.told(head):
        try:
            held[subject] = await directory.colleague(staff.database, staff.hugo, subject)
        except NotFound:
            held.pop(subject, None)
    after = await directory.search_directory(*_all(staff))
    assert sorted(held.values(), key=lambda each: each.id) == sorted(after.items, key=lambda each: each.id)


def _all(staff: Staff) -> tuple[Database, SignedIn, None, None, None, int]:
    return staff.database, staff.hugo, None, None, None, 50


async def test_employees_of_before_are_listed_by_the_migration(staff: Staff) -> None:
    before = await staff.find()
    await staff.database.execute("DELETE FROM directory_entries")
    await staff.database.execute(
        """
        INSERT INTO directory_entries (person_id, name_key, department_key, words)
        SELECT people.id, people.name_key, '', coalesce(directory_words(people.name_key, people.email_key), '')
        FROM people JOIN employees ON employees.person_id = people.id
        """
    )
    assert await staff.find() == before


async def test_the_clock_of_working_hours_is_ones_own_to_set(staff: Staff) -> None:
    given = EmployeeProfileChanges(time_zone="Europe/Paris", phone="06 12 34 56 78")
    changed = await directory.change_employee_profile(staff.database, staff.gina, staff.gina.person_id, given)
    assert (changed.time_zone, changed.phone) == ("Europe/Paris", "+33612345678")
    with pytest.raises(Invalid) as problem:
        await staff.change(staff.gina, time_zone="Moon/Base")
    assert codes(problem.value) == {"time_zone": "time_zone_unknown"}
    with pytest.raises(Forbidden):
        await directory.change_employee_profile(staff.database, staff.gina, staff.hugo.person_id, given)


async def test_whose_manager_somebody_is_comes_by_name_and_page(staff: Staff) -> None:
    for each in (staff.gina, staff.ida):
        await staff.change(each, manager_id=staff.hugo.person_id)
    found: list[str] = []
    cursor = None
    for _ in range(2):
        page = await directory.list_reports(staff.database, staff.gina, staff.hugo.person_id, cursor, 1)
        found += [each.name for each in page.items]
        cursor = page.next
    assert found == ["Hélène Carré", "Артём Королёв"]
    assert cursor is None
    with pytest.raises(NotFound):
        await directory.list_reports(staff.database, staff.gina, new_id(), None, 1)


async def test_who_was_deactivated_is_in_no_list_and_shown_as_such(staff: Staff) -> None:
    ann, _ = await sign_up(staff.database, confirmed=True)
    for each in (staff.ida, ann):
        await people.change_person(staff.database, staff.root, each.person_id, PersonChanges(disabled=True))
    assert await staff.find("artem") == []
    with pytest.raises(NotFound):
        await directory.colleague(staff.database, staff.hugo, staff.ida.person_id)
    former = await directory.colleague(staff.database, staff.hugo, staff.ida.person_id, former=True)
    assert former.name == "Артём Королёв"
    assert former.deactivated_at is not None
    with pytest.raises(NotFound):
        await directory.colleague(staff.database, staff.hugo, ann.person_id, former=True)
    with pytest.raises(NotFound):
        await staff.change(staff.ida, title="Ghost")
