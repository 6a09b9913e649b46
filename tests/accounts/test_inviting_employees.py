"""Employees are invited many at once: who is known joins, everybody else comes in by a link, a name and a password."""

import pytest

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.accounts.actions import (
    accepting_invitations,
    directory,
    invitations,
    inviting_employees,
    people,
    registering_invited,
    sessions,
)
from estafette.accounts.models.inputs import (
    EmployeeInvitations,
    InvitationSecret,
    InvitedRegistration,
    PersonChanges,
    SignIn,
)
from estafette.accounts.models.invitations import InvitationReport
from estafette.accounts.rules import addresses
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid
from tests.accounts.mails import invited, told
from tests.accounts.people import LAPTOP, PASSWORD, administrator, codes, seen, sign_up
from tests.world import sign_in

HUGO = "hugo@example.com"


async def carries() -> bool:
    return True


async def invite(database: Database, root: SignedIn, pasted: str) -> InvitationReport:
    given = EmployeeInvitations(addresses=pasted, language="fr")
    return await inviting_employees.invite_employees(database, root, given, carries)


async def waiting(database: Database, root: SignedIn, q: str | None = None) -> list[str]:
    found = await invitations.list_organisation_invitations(database, root, q, None, 50, carries)
    return sorted(each.email for each in found.items)


async def register(database: Database, secret: str, name: str = "Hugo Martin") -> SignedIn:
    given = InvitedRegistration(secret=secret, name=name, password=PASSWORD, time_zone="Europe/Paris")
    return await seen(database, (await registering_invited.register_invited(database, given, LAPTOP)).token)


def outcomes(report: InvitationReport) -> dict[str, str]:
    return {each.email: each.outcome for each in report.items}


async def test_a_pasted_list_is_read_however_it_is_written(database: Database) -> None:
    root = await administrator(database)
    pasted = (
        'Hugo Martin <hugo@example.com>, ida@example.com;"Carré, Hélène" <HELENE@example.com>\n'
        "\n\tLéa Roy\tlea@example.com\r\n<jo@example.com>;; mailto:kim@example.com,\nHUGO@example.com"
    )
    report = await invite(database, root, pasted)
    assert [(each.email, each.name, each.outcome) for each in report.items] == [
        ("hugo@example.com", "Hugo Martin", "invited"),
        ("ida@example.com", None, "invited"),
        ("HELENE@example.com", "Carré, Hélène", "invited"),
        ("lea@example.com", "Léa Roy", "invited"),
        ("jo@example.com", None, "invited"),
        ("kim@example.com", None, "invited"),
    ]
    assert len(await invited(database)) == 6
    assert await waiting(database, root, "helene") == ["HELENE@example.com"]


@pytest.mark.parametrize(
    ("pasted", "wrong"),
    [
        ("", {"addresses": "required"}),
        (" ;,\n", {"addresses": "required"}),
        ("a" * (addresses.CHARACTERS + 1), {"addresses": "too_long"}),
        ("\n".join(f"p{n}@example.com" for n in range(501)), {"addresses": "too_many"}),
        (
            "ok@example.com\nnobody\nDoe, John <j@d>\nx@example.com",
            {"addresses[2]": "email_invalid", "addresses[3]": "email_invalid"},
        ),
        ("evil \u202egnp <a@example.com>", {"addresses[1]": "forbidden_character"}),
        (f"{'n' * 121} <a@example.com>", {"addresses[1]": "too_long"}),
    ],
)
async def test_a_wrong_line_is_named_and_then_nobody_is_invited(
    database: Database, pasted: str, wrong: dict[str, str]
) -> None:
    root = await administrator(database)
    with pytest.raises(Invalid) as problem:
        await invite(database, root, pasted)
    assert codes(problem.value) == wrong
    assert await waiting(database, root) == []


async def test_a_newcomer_says_a_name_and_a_password_and_works_here(database: Database) -> None:
    root = await administrator(database)
    await invite(database, root, f"Hugo Martin <{HUGO}>")
    (letter,) = await invited(database)
    assert (letter.role, letter.language) == ("employee", "fr")
    shown = await accepting_invitations.show_invitation(database, InvitationSecret(secret=letter.secret), LAPTOP)
    assert (shown.email, shown.name, shown.has_account) == (HUGO, "Hugo Martin", False)
    hugo = await register(database, letter.secret)
    assert (hugo.roles, hugo.name, hugo.time_zone) == ({"employee"}, "Hugo Martin", "Europe/Paris")
    assert (await people.person(database, root, hugo.person_id)).email_confirmed
    assert (await directory.colleague(database, hugo, hugo.person_id)).name == "Hugo Martin"
    assert await waiting(database, root) == []
    with pytest.raises(Invalid) as problem:
        await register(database, letter.secret)
    assert codes(problem.value) == {"secret": "link_ended"}


async def test_a_link_that_is_handed_over_lets_in_and_leaves_the_address_to_be_confirmed(database: Database) -> None:
    root = await administrator(database)
    await invite(database, root, HUGO)
    (item,) = (await invitations.list_organisation_invitations(database, root, None, None, 50, carries)).items
    handed = await invitations.hand_over_invitation(database, root, None, item.id, "https://chat.example")
    hugo = await register(database, handed.link.rpartition("/")[2])
    assert hugo.roles == {"employee"}
    assert not (await people.person(database, root, hugo.person_id)).email_confirmed
    assert await told(database, hugo.person_id, "link_requested") == 1


async def test_who_is_known_joins_at_once_and_who_cannot_is_left_out_with_a_word(database: Database) -> None:
    root = await administrator(database)
    ann, cookie = await sign_up(database, confirmed=True)
    await sign_up(database, "stranger@example.com", "Stranger")
    await sign_in(database, "robot@example.com", "Robot", "service")
    gone = await accounts.add_person(database, "gone@example.com", "Gone", ("employee",), PASSWORD)
    await people.change_person(database, root, gone.id, PersonChanges(disabled=True))
    await accounts.add_person(database, "gina@example.com", "Gina", ("employee",), PASSWORD)
    await accounts.add_person(database, "ida@example.com", "Ida", ("employee",))
    report = await invite(database, root, "\n".join(
        f"{name}@example.com" for name in ("ANN", "stranger", "robot", "gone", "gina", "ida")
    ))  # fmt: skip
    assert outcomes(report) == {
        "ANN@example.com": "joined",
        "stranger@example.com": "invited",
        "robot@example.com": "service",
        "gone@example.com": "deactivated",
        "gina@example.com": "present",
        "ida@example.com": "invited",
    }
    assert (await seen(database, cookie)).roles == {"customer", "employee"}
    assert (await directory.colleague(database, root, ann.person_id)).name == "Ann"


async def test_whoever_was_added_without_a_password_sets_one_by_the_link(database: Database) -> None:
    root = await administrator(database)
    ida = await accounts.add_person(database, "ida@example.com", "I. Roy", ("employee",))
    await invite(database, root, "ida@example.com")
    (letter,) = await invited(database)
    assert (await register(database, letter.secret, "Ida Roy")).person_id == ida.id
    await sessions.sign_in(database, SignIn(email="ida@example.com", password=PASSWORD), LAPTOP)


async def test_a_link_sets_no_password_of_who_has_one_or_was_put_out(database: Database) -> None:
    root = await administrator(database)
    await invite(database, root, f"{HUGO}, ida@example.com")
    secrets = {each.email: each.secret for each in await invited(database)}
    await sign_up(database, HUGO, "Stranger")
    ida = await accounts.add_person(database, "ida@example.com", "Ida", ("employee",))
    await people.change_person(database, root, ida.id, PersonChanges(disabled=True))
    for secret in secrets.values():
        with pytest.raises(Invalid) as problem:
            await register(database, secret)
        assert codes(problem.value) == {"email": "email_taken"}


async def test_an_account_of_before_joins_with_its_own_sign_in(database: Database) -> None:
    root = await administrator(database)
    stranger, cookie = await sign_up(database, HUGO, "Hugo")
    await invite(database, root, HUGO)
    (letter,) = await invited(database)
    await accepting_invitations.accept_invitation(database, stranger, InvitationSecret(secret=letter.secret), LAPTOP)
    assert (await seen(database, cookie)).roles == {"customer", "employee"}


async def test_an_unproved_address_becomes_an_employees_by_a_link_alone(database: Database) -> None:
    root = await administrator(database)
    fay, _ = await sign_up(database, "fay@example.com", "Fay")
    changes = PersonChanges(roles=["customer", "employee"])
    assert (await people.change_person(database, root, fay.person_id, changes)).roles == ["customer"]
    assert await waiting(database, root) == ["fay@example.com"]
    await people.change_person(database, root, fay.person_id, PersonChanges(roles=["customer"]))
    assert await waiting(database, root) == [], "it was withdrawn with the role"


async def test_no_mailbox_is_filled_and_five_hundred_cost_few_statements(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = await administrator(database)
    monkeypatch.setattr(inviting_employees, "MAILS", 1)
    many = "\n".join(f"p{n}@example.com" for n in range(500))
    before = database.statements
    assert set(outcomes(await invite(database, root, many)).values()) == {"invited"}
    assert database.statements - before < 15
    assert set(outcomes(await invite(database, root, many)).values()) == {"mailed_often"}
    page = await invitations.list_organisation_invitations(database, root, None, None, 200, carries)
    rest = await invitations.list_organisation_invitations(database, root, None, page.next, 500, carries)
    assert len({each.email for each in [*page.items, *rest.items]}) == 500


async def test_inviting_is_for_administrators(database: Database) -> None:
    gina = await sign_in(database, "gina@example.com", "Gina", "employee")
    with pytest.raises(Forbidden):
        await invite(database, gina, HUGO)
