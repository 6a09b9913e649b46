"""Administration of people: who may, what changes, and who always stays."""

import asyncio

import pytest

from estafette import accounts
from estafette.accounts.actions import people, registration
from estafette.accounts.errors import LastAdministrator, WrongCredentials
from estafette.accounts.models.inputs import NewPerson, PersonChanges
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid, NotFound
from estafette.base.ids import new_id
from tests.accounts.people import PASSWORD, administrator, by_new_token, codes, seen, sign_in, sign_up


async def test_only_administrators_administrate_and_by_token_only_with_the_scope(database: Database) -> None:
    root = await administrator(database)
    ann, _ = await sign_up(database)
    for nobody in (ann, await by_new_token(database, root, "read", "write")):
        for person in (root.person_id, new_id()):
            with pytest.raises(Forbidden):
                await people.person(database, nobody, person)
            with pytest.raises(Forbidden):
                await people.change_person(database, nobody, person, PersonChanges(name="Eve"))
        with pytest.raises(Forbidden):
            await people.list_people(database, nobody, None, None, None, 50)
        with pytest.raises(Forbidden):
            await registration.create_person(database, nobody, NewPerson(name="Eve", email="eve@example.com"))
    machine = await by_new_token(database, root, "read", "admin")
    assert (await people.person(database, machine, ann.person_id)).name == "Ann"
    with pytest.raises(NotFound):
        await people.person(database, root, new_id())


async def test_an_administrator_adds_people_and_each_grant_says_who_gave_it(database: Database) -> None:
    root = await administrator(database)
    given = NewPerson(
        name="Eva", email="Eva@example.com", password=PASSWORD, roles=["customer", "administrator"], language="ru"
    )
    eva = await registration.create_person(database, root, given)
    assert (eva.roles, eva.language, eva.last_seen_at) == (["customer", "administrator"], "ru", None)
    grants = await database.fetch("SELECT role, granted_by FROM role_grants WHERE person_id = $1", eva.id)
    assert {(row["role"], row["granted_by"]) for row in grants} == {
        ("customer", root.person_id),
        ("administrator", root.person_id),
    }
    assert (await sign_in(database, "eva@example.com"))[0].administrates
    with pytest.raises(Invalid) as refused:
        await registration.create_person(database, root, NewPerson(name="", email="eva@example.com", phone="12"))
    assert codes(refused.value) == {"name": "required", "phone": "phone_invalid"}


async def test_people_are_listed_by_name_page_by_page_and_found_by_part_of_it(database: Database) -> None:
    root = await administrator(database)
    for name in ("Élodie Noël", "elena", "Zoë", "Борис Йорданов", "100%_x"):
        await accounts.add_person(database, f"{new_id()}@example.com", name)
    names: list[str] = []
    cursor: str | None = None
    while True:
        page = await people.list_people(database, root, None, None, cursor, 2)
        names += [each.name for each in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert names == ["100%_x", "elena", "Élodie Noël", "Root", "Zoë", "Борис Йорданов"]

    async def found(q: str) -> list[str]:
        return [each.name for each in (await people.list_people(database, root, q, None, None, 50)).items]

    assert await found("noel ÉLO") == ["Élodie Noël"]
    assert await found("борис йордан") == ["Борис Йорданов"]
    assert await found("%_") == ["100%_x"]
    assert await found("root@example") == ["Root"]
    assert await found("nobody") == []
    administrators = await people.list_people(database, root, None, "administrator", None, 50)
    assert [each.name for each in administrators.items] == ["Root"]
    with pytest.raises(Invalid) as refused:
        await people.list_people(database, root, "nul\0", None, "rubbish", 50)
    assert codes(refused.value) == {"q": "forbidden_character", "cursor": "unknown"}


async def test_a_disabled_person_is_cut_off_acts_for_nobody_and_can_come_back(database: Database) -> None:
    root = await administrator(database)
    ann, cookie = await sign_up(database)
    token = await accounts.create_token(database, ann.person_id, "robot")
    partner = await accounts.make_partner(database, "Château")
    await accounts.add_member(database, partner.id, ann.person_id, "owner")

    disabled = await people.change_person(database, root, ann.person_id, PersonChanges(disabled=True))
    assert disabled.disabled_at is not None
    assert await accounts.by_session(database, cookie) is None
    assert await accounts.by_token(database, token) is None
    with pytest.raises(WrongCredentials):
        await sign_in(database)
    acting = await database.fetch("SELECT party_id FROM acting_parties WHERE person_id = $1", ann.person_id)
    assert acting == []

    back = await people.change_person(database, root, ann.person_id, PersonChanges(disabled=False))
    assert back.disabled_at is None
    assert await accounts.by_session(database, cookie) is None
    assert await accounts.by_token(database, token) is None
    assert (await sign_in(database))[0].parties == {ann.person_id, partner.id}


async def test_a_password_set_by_an_administrator_ends_all_sessions(database: Database) -> None:
    root = await administrator(database)
    ann, cookie = await sign_up(database)
    await people.change_person(database, root, ann.person_id, PersonChanges(password="given by the help desk"))
    assert await accounts.by_session(database, cookie) is None
    again, _ = await sign_in(database, password="given by the help desk")
    assert again.person_id == ann.person_id


async def test_roles_are_given_and_withdrawn_at_once(database: Database) -> None:
    root = await administrator(database)
    ann, cookie = await sign_up(database, confirmed=True)
    changed = await people.change_person(
        database, root, ann.person_id, PersonChanges(roles=["administrator", "administrator"])
    )
    assert changed.roles == ["administrator"]
    assert (await seen(database, cookie)).roles == {"administrator"}
    await people.change_person(database, root, ann.person_id, PersonChanges(roles=[]))
    assert (await seen(database, cookie)).roles == frozenset()


async def test_the_last_administrator_stays(database: Database) -> None:
    root = await administrator(database)
    for changes in (PersonChanges(roles=["customer"]), PersonChanges(disabled=True)):
        with pytest.raises(LastAdministrator):
            await people.change_person(database, root, root.person_id, changes)
    assert (await people.person(database, root, root.person_id)).roles == ["administrator"]


async def test_two_administrators_who_withdraw_each_other_leave_one(database: Database) -> None:
    root = await administrator(database)
    eva = await administrator(database, "eva@example.com", "Eva")
    for _ in range(5):
        outcomes = await asyncio.gather(
            people.change_person(database, root, eva.person_id, PersonChanges(roles=[])),
            people.change_person(database, eva, root.person_id, PersonChanges(disabled=True)),
            return_exceptions=True,
        )
        assert sum(isinstance(each, LastAdministrator) for each in outcomes) == 1
        await database.execute("UPDATE people SET disabled_at = NULL")
        await database.execute(
            "INSERT INTO role_grants SELECT id, 'administrator', now() FROM people ON CONFLICT DO NOTHING"
        )


async def test_service_accounts_have_no_password_and_stay_service_accounts(database: Database) -> None:
    root = await administrator(database)
    ann, _ = await sign_up(database)
    with pytest.raises(Invalid) as refused:
        await accounts.add_person(database, "robot@example.com", "Robot", ("service",), PASSWORD)
    assert codes(refused.value) == {"password": "service_has_no_password"}
    robot = await accounts.add_person(database, "robot@example.com", "Robot", ("service",))
    with pytest.raises(WrongCredentials):
        await sign_in(database, "robot@example.com")
    for person, changes, wrong in (
        (robot.id, PersonChanges(password=PASSWORD), {"password": "service_has_no_password"}),
        (robot.id, PersonChanges(roles=["customer"]), {"roles": "service_is_for_good"}),
        (ann.person_id, PersonChanges(roles=["service"]), {"roles": "service_is_for_good"}),
    ):
        with pytest.raises(Invalid) as refused:
            await people.change_person(database, root, person, changes)
        assert codes(refused.value) == wrong


async def test_an_address_of_another_is_refused_and_nothing_is_half_saved(database: Database) -> None:
    root = await administrator(database)
    ann, _ = await sign_up(database)
    with pytest.raises(Invalid) as refused:
        await people.change_person(
            database, root, ann.person_id, PersonChanges(name="Another", email="ROOT@example.com", password=PASSWORD)
        )
    assert codes(refused.value) == {"email": "email_taken"}
    assert (await people.person(database, root, ann.person_id)).name == "Ann"


async def test_people_are_found_by_address_and_have_a_language(database: Database) -> None:
    ann, _ = await sign_up(database)
    found = await accounts.find_by_email(database, "ANN@example.com")
    assert found is not None
    assert found.id == ann.person_id
    assert await accounts.find_by_email(database, "nobody@example.com") is None
    assert await accounts.person_language(database, ann.person_id) == "en"
    assert await accounts.person_language(database, new_id()) == "en"
