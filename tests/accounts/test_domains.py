"""Whoever proves an address of one of the organisation's domains is an employee, by whatever way it was proved."""

import asyncio

import pytest
from msgspec import structs

from estafette.accounts import SignedIn
from estafette.accounts.actions import (
    accepting_invitations,
    announcing,
    directory,
    domains,
    email_confirmation,
    invitations,
    keeping,
    people,
)
from estafette.accounts.errors import SessionNeeded
from estafette.accounts.models.domains import NewEmployeeDomain
from estafette.accounts.models.inputs import (
    AdministratorInvitation,
    EmailConfirmation,
    InvitationSecret,
    PersonChanges,
)
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid, NotFound
from tests.accounts.mails import invited, last_secret
from tests.accounts.people import LAPTOP, administrator, codes, move, seen, sign_up
from tests.locks import until_somebody_waits
from tests.world import sign_in

HUGO = "hugo@house.example"


async def add(database: Database, root: SignedIn, domain: str, *, public: bool = False) -> str:
    return (await domains.add_domain(database, root, NewEmployeeDomain(domain=domain, public=public))).domain


async def confirm(database: Database, who: SignedIn) -> None:
    given = EmailConfirmation(secret=await last_secret(database))
    await email_confirmation.confirm_email(database, who, given, LAPTOP)


async def test_who_confirms_an_address_of_a_domain_works_here_and_is_found(database: Database) -> None:
    root = await administrator(database)
    await add(database, root, "@House.example")
    hugo, cookie = await sign_up(database, HUGO, "Hugo")
    assert hugo.roles == {"customer"}, "the address is not proved yet"
    await confirm(database, hugo)
    assert (await seen(database, cookie)).roles == {"customer", "employee"}
    assert (await directory.colleague(database, root, hugo.person_id)).name == "Hugo"


async def test_another_address_that_is_proved_later_counts_as_well(database: Database) -> None:
    root = await administrator(database)
    await add(database, root, "house.example")
    ann, cookie = await sign_up(database, confirmed=True)
    await move(database, ann, "ann@house.example")
    assert (await seen(database, cookie)).roles == {"customer", "employee"}


async def test_the_link_of_an_invitation_proves_it_too(database: Database) -> None:
    root = await administrator(database)
    await add(database, root, "house.example")
    hugo, cookie = await sign_up(database, HUGO, "Hugo")
    await invitations.invite_administrator(database, root, AdministratorInvitation(email=HUGO))
    (letter,) = await invited(database)
    await accepting_invitations.accept_invitation(database, hugo, InvitationSecret(secret=letter.secret), LAPTOP)
    assert (await seen(database, cookie)).roles == {"customer", "employee", "administrator"}


@pytest.mark.parametrize("address", ["hugo@other.example", "hugo@sub.house.example", "hugo@house.example.com"])
async def test_only_the_domain_itself_counts(database: Database, address: str) -> None:
    root = await administrator(database)
    await add(database, root, "house.example")
    hugo, cookie = await sign_up(database, address, "Hugo")
    await confirm(database, hugo)
    assert (await seen(database, cookie)).roles == {"customer"}


async def test_a_domain_is_the_same_however_it_is_written(database: Database) -> None:
    root = await administrator(database)
    assert await add(database, root, " БЮРО.рф ") == "xn--90a0af9c.xn--p1ai"
    with pytest.raises(Invalid) as problem:
        await add(database, root, "XN--90A0AF9C.xn--p1ai")
    assert codes(problem.value) == {"domain": "domain_there"}
    hugo, cookie = await sign_up(database, "hugo@бюро.рф", "Hugo")
    await confirm(database, hugo)
    assert "employee" in (await seen(database, cookie)).roles


async def test_who_confirmed_before_is_counted_and_taken_in_on_request(database: Database) -> None:
    root = await administrator(database)
    _, cookie = await sign_up(database, "ann@house.example", "Ann", confirmed=True)
    await sign_up(database, "ben@house.example", "Ben")
    await sign_in(database, "robot@house.example", "Robot", "service")
    gone, _ = await sign_up(database, "gone@house.example", "Gone", confirmed=True)
    await people.change_person(database, root, gone.person_id, PersonChanges(disabled=True))
    domain = await add(database, root, "house.example")
    assert [each.could_join for each in (await domains.list_domains(database, root)).items] == [1]
    assert (await seen(database, cookie)).roles == {"customer"}
    assert (await domains.take_in(database, root, domain)).joined == 1
    assert (await seen(database, cookie)).roles == {"customer", "employee"}
    assert (await domains.take_in(database, root, domain)).joined == 0


async def test_taking_in_holds_up_nobody_for_good(database: Database) -> None:
    root = await administrator(database)
    domain = await add(database, root, "house.example")
    outside = [await sign_in(database, f"{name}@house.example", name) for name in ("ann", "ben")]
    _, last = sorted(each.person_id for each in outside)
    async with asyncio.TaskGroup() as group, database.transaction() as transaction:
        await keeping.locked(transaction, last)
        taken_in = group.create_task(_kept(database, root, domain))
        await until_somebody_waits(database)
        # What the organisation is told of somebody who is not taken in yet must not wait for who waits for them.
        await announcing.announce_colleagues(transaction, [last])
    assert taken_in.result() == 2


async def _kept(database: Database, root: SignedIn, domain: str) -> int:
    """Takes people in as under an Idempotency-Key: in one transaction."""
    async with database.together():
        return (await domains.take_in(database, root, domain)).joined


async def test_who_is_left_is_taken_in_when_asked_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domains, "MOST_AT_ONCE", 1)
    root = await administrator(database)
    domain = await add(database, root, "house.example")
    for name in ("ann", "ben"):
        await sign_in(database, f"{name}@house.example", name)
    assert [(await domains.take_in(database, root, domain)).joined for _ in range(3)] == [1, 1, 0]


async def test_removing_a_domain_takes_nobody_out(database: Database) -> None:
    root = await administrator(database)
    domain = await add(database, root, "house.example")
    hugo, cookie = await sign_up(database, HUGO, "Hugo")
    await confirm(database, hugo)
    await domains.remove_domain(database, root, domain)
    assert "employee" in (await seen(database, cookie)).roles
    ida, cookie = await sign_up(database, "ida@house.example", "Ida")
    await confirm(database, ida)
    assert (await seen(database, cookie)).roles == {"customer"}
    for gone in (domains.remove_domain, domains.take_in):
        with pytest.raises(NotFound):
            await gone(database, root, domain)


async def test_a_domain_of_everybody_wants_to_be_meant(database: Database) -> None:
    root = await administrator(database)
    with pytest.raises(Invalid) as problem:
        await add(database, root, "Gmail.com")
    assert codes(problem.value) == {"domain": "domain_public"}
    assert await add(database, root, "Gmail.com", public=True) == "gmail.com"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("\u202e", "required"),
        ("a" * 254, "too_long"),
        ("house", "domain_invalid"),
        ("a@b.example", "domain_invalid"),
        ("https://house.example", "domain_invalid"),
        ("house.example/path", "domain_invalid"),
        ("192.0.2.7", "domain_invalid"),
        ("ho\u202euse.example", "domain_invalid"),
        ("*.house.example", "domain_invalid"),
    ],
)
async def test_what_is_no_domain_is_refused(database: Database, typed: str, code: str) -> None:
    root = await administrator(database)
    with pytest.raises(Invalid) as problem:
        await add(database, root, typed)
    assert codes(problem.value) == {"domain": code}


async def test_there_are_a_hundred_at_most(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domains, "MOST", 1)
    root = await administrator(database)
    await add(database, root, "house.example")
    with pytest.raises(Invalid) as problem:
        await add(database, root, "other.example")
    assert codes(problem.value) == {"domain": "too_many"}


async def test_domains_are_an_administrators_with_a_session(database: Database) -> None:
    root = await administrator(database)
    gina = await sign_in(database, "gina@example.com", "Gina", "employee")
    with pytest.raises(Forbidden):
        await domains.list_domains(database, gina)
    for who in (gina, structs.replace(root, session_id=None)):
        with pytest.raises(Forbidden):
            await add(database, who, "house.example")
    with pytest.raises(SessionNeeded):
        await domains.take_in(database, structs.replace(root, session_id=None), "house.example")
