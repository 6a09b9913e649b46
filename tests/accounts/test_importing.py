"""Employees come from a table: each fault is named by row and column, and then nothing is done; else all of it is."""

import time

import pytest

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.accounts.actions import directory, importing, invitations, people, streams
from estafette.accounts.models.colleagues import EmployeeProfileChanges
from estafette.accounts.models.imports import ImportReport
from estafette.accounts.models.inputs import PersonChanges
from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.rules.imports import FAULTS
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid
from tests.accounts.mails import invited
from tests.accounts.people import PASSWORD, administrator, codes, sign_up
from tests.world import again, sign_in

HEAD = "name,email,title,department,manager,phone,time zone,language"
TWO = f"""{HEAD}
Hélène Carré,helene@example.com,Key accounts,Sales,hugo@example.com,06 12 34 56 78,Europe/Paris,fr
Hugo Martin,Hugo@example.com,Head of sales,Sales,,,Europe/London,English
"""


async def carries() -> bool:
    return True


async def load(
    database: Database, root: SignedIn, text: str | bytes, *, dry: bool = False, invite: bool = False
) -> ImportReport:
    content = text.encode() if isinstance(text, str) else text
    run = importing.preview_import if dry else importing.import_people
    return await run(database, root, content, carries, invite=invite)


async def employees(database: Database, root: SignedIn) -> list[str]:
    return [each.name for each in (await directory.search_directory(database, root, None, None, None, 50)).items]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.invited


async def faults(database: Database, root: SignedIn, text: str | bytes) -> dict[str, str]:
    """What is wrong with a file, the same whether one only looks or imports; nobody comes of it."""
    found: list[dict[str, str]] = []
    before = await employees(database, root)
    for dry in (True, False):
        with pytest.raises(Invalid) as problem:
            await load(database, root, text, dry=dry)
        found.append(codes(problem.value))
    assert found[0] == found[1]
    assert await employees(database, root) == before
    return found[0]


async def test_a_preview_changes_nothing_and_the_import_does_what_it_said(database: Database) -> None:
    root = await administrator(database)
    looked = await load(database, root, TWO, dry=True)
    assert counts(looked) == (2, 0, 0, 0)
    assert [(each.row, each.name, each.what) for each in looked.items] == [
        (2, "Hélène Carré", "new"),
        (3, "Hugo Martin", "new"),
    ]
    assert await employees(database, root) == []
    assert await load(database, root, TWO) == looked
    helene, hugo = (await directory.search_directory(database, root, None, None, None, 50)).items
    assert helene.manager is not None
    assert (helene.manager.id, helene.phone, helene.time_zone) == (hugo.id, "+33612345678", "Europe/Paris")
    assert (hugo.title, hugo.department, hugo.email) == ("Head of sales", "Sales", "Hugo@example.com")
    assert (await people.person(database, root, hugo.id)).roles == ["employee"]
    assert counts(await load(database, root, TWO)) == (0, 0, 2, 0), "again it changes nothing"
    assert await invited(database) == [], "nobody is mailed unasked"


async def test_who_is_known_changes_where_the_table_says_something(database: Database) -> None:
    root = await administrator(database)
    gina = await sign_in(database, "gina@example.com", "Gina Weber", "employee")
    hours = [OpeningSpan(day=0, opens="09:00", closes="17:00")]
    given = EmployeeProfileChanges(title="Buyer", department="Purchase", working_hours=hours)
    await directory.change_employee_profile(database, root, gina.person_id, given)
    await sign_up(database, "ann@example.com", "Ann", confirmed=True)
    table = "E-Mail;Nom;Fonction;Service\nGINA@example.com;;Head of purchase;\nann@example.com;Ann Lee;;Purchase\n"
    report = await load(database, root, table)
    assert counts(report) == (0, 2, 0, 0)
    assert [each.columns for each in report.items] == [["title"], ["name", "department"]]
    ann, gina_now = (await directory.search_directory(database, root, None, None, None, 50)).items
    assert (ann.name, ann.department) == ("Ann Lee", "Purchase")
    assert (gina_now.name, gina_now.title, gina_now.department) == ("Gina Weber", "Head of purchase", "Purchase")
    assert gina_now.working_hours == hours


@pytest.mark.parametrize(
    ("text", "encoding", "separator"),
    [
        ("Имя;Эл. почта\nАртём Королёв;artem@example.com".encode("windows-1251"), "Windows-1251", ";"),
        ("Préface\tNom\tCourriel\nx\tHélène Carré\thelene@example.com".encode("windows-1252"), "Windows-1252", "\t"),
        ("\ufeffnome,E-MAIL\r\n\r\nJoão Conceição,joao@example.com\r\n".encode(), "UTF-8", ","),
        ("имя\tпочта\nАртём\tartem@example.com".encode("utf-16"), "UTF-16", "\t"),
        (b'"Full name","e_mail"\n"Carr\xc3\xa9, ""Bo""\nB.",bo@example.com', "UTF-8", ","),
    ],
)  # fmt: skip
async def test_a_table_is_read_as_a_spreadsheet_saved_it(
    database: Database, text: bytes, encoding: str, separator: str
) -> None:
    root = await administrator(database)
    if b"Bo" in text:
        assert await faults(database, root, text) == {"rows[2].name": "forbidden_character"}
        return
    report = await load(database, root, text)
    assert (report.encoding, report.separator, report.new) == (encoding, separator, 1)
    assert (await employees(database, root))[0] in ("Артём Королёв", "Hélène Carré", "João Conceição", "Артём")
    assert report.ignored == (["Préface"] if encoding == "Windows-1252" else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", {"file": "required"}),
        ("\n ,\n", {"file": "required"}),
        (HEAD, {"file": "no_rows"}),
        ("first,second\nx,y", {"columns.name": "column_missing", "columns.email": "column_missing"}),
        ("name,email,mail\nx,y,z", {"columns.email": "column_twice"}),
        ('name,email\n"x,y', {"file": "table_unreadable"}),
        (b"\x89PNG\r\n\x1a\n\x00\xff\x00", {"columns.name": "column_missing", "columns.email": "column_missing"}),
        (",".join(f"c{n}" for n in range(61)), {"columns": "too_many"}),
        ("name,email\nA,a@example.com,x", {"rows[2]": "too_many_cells"}),
        ("name,email\n,\n,a@example.com", {"rows[3].name": "required"}),
        ("name,email\nA,", {"rows[2].email": "required"}),
        ("name,email\nA,nobody\nB,b@example", {"rows[2].email": "email_invalid", "rows[3].email": "email_invalid"}),
        ("name,email\nA,a@example.com\nB,b@example.com\nC,A@Example.com", {"rows[4].email": "email_twice"}),
        ("name,email\n=HYPERLINK(x),a@example.com", {"rows[2].name": "formula"}),
        ("name,email,title\nA,a@example.com,@SUM(1)\n", {"rows[2].title": "formula"}),
        ("name,email\nevil\u202egnp,a@example.com", {"rows[2].name": "forbidden_character"}),
        (f"name,email\n{'n' * 121},a@example.com", {"rows[2].name": "too_long"}),
        ("name,email,manager\nA,a@example.com,b@example.com", {"rows[2].manager": "manager_unknown"}),
        ("name,email,manager\nA,a@example.com,a@example.com", {"rows[2].manager": "manager_below"}),
        (
            "name,email,manager\nA,a@example.com,b@example.com\nB,b@example.com,a@example.com",
            {"rows[2].manager": "manager_below", "rows[3].manager": "manager_below"},
        ),
        (
            "name,email,phone,time zone,language\nA,a@example.com,123,Moon/Base,klingon",
            {"rows[2].phone": "phone_invalid", "rows[2].time_zone": "time_zone_unknown",
             "rows[2].language": "language_unknown"},
        ),
        (b"name,email\n" + b"x" * (5 * 1024 * 1024), {"file": "too_long_file"}),
        ("name,email\n" + "A,\n" * 10_001, {"file": "too_many_rows"}),
    ],
)  # fmt: skip
async def test_each_fault_is_named_by_row_and_column_and_nothing_is_done(
    database: Database, text: str | bytes, wrong: dict[str, str]
) -> None:
    root = await administrator(database)
    assert await faults(database, root, text) == wrong


async def test_one_fault_in_every_row_is_named_a_hundred_times(database: Database) -> None:
    root = await administrator(database)
    table = "name,email\n" + "".join(f"A,nobody{n}\n" for n in range(300))
    assert len(await faults(database, root, table)) == FAULTS


async def test_whoever_cannot_be_an_employee_is_named(database: Database) -> None:
    root = await administrator(database)
    await sign_in(database, "robot@example.com", "Robot", "service")
    gone = await accounts.add_person(database, "gone@example.com", "Gone", ("employee",), PASSWORD)
    await people.change_person(database, root, gone.id, PersonChanges(disabled=True))
    await sign_in(database, "ann@example.com", "Ann")
    table = "name,email,manager\nR,robot@example.com,\nG,gone@example.com,\nB,b@example.com,ann@example.com\n"
    assert await faults(database, root, table) == {
        "rows[2].email": "person_is_service",
        "rows[3].email": "person_deactivated",
        "rows[4].manager": "manager_unknown",
    }


async def test_a_manager_who_is_there_already_closes_no_circle(database: Database) -> None:
    root = await administrator(database)
    await load(database, root, TWO)
    table = "name,email,manager\n,hugo@example.com,helene@example.com"
    assert await faults(database, root, table) == {"rows[2].manager": "manager_below"}
    turned = "name,email,manager\n,hugo@example.com,ida@example.com\nIda,ida@example.com,"
    assert counts(await load(database, root, turned)) == (1, 1, 0, 0)


async def test_managers_may_stand_below_those_who_report_to_them(database: Database) -> None:
    root = await administrator(database)
    table = (
        "name,email,manager\nIda,ida@example.com,hugo@example.com\nGina,gina@example.com,hugo@example.com\n"
        "Hugo,hugo@example.com,boss@example.com\nBoss,boss@example.com,\n"
    )
    assert counts(await load(database, root, table)) == (4, 0, 0, 0)


async def test_an_unproved_account_is_invited_and_stays_what_its_owner_calls_it(database: Database) -> None:
    root = await administrator(database)
    stranger, _ = await sign_up(database, "hugo@example.com", "Stranger")
    report = await load(database, root, TWO)
    assert counts(report) == (1, 0, 0, 1)
    person = await people.person(database, root, stranger.person_id)
    assert (person.name, person.roles) == ("Stranger", ["customer"])
    assert [(each.email, each.role) for each in await invited(database)] == [("hugo@example.com", "employee")]


async def test_whoever_has_no_password_is_invited_if_so_wished(database: Database) -> None:
    root = await administrator(database)
    await accounts.add_person(database, "hugo@example.com", "Hugo", ("employee",), PASSWORD)
    report = await load(database, root, TWO, invite=True)
    assert report.mails == 1
    again = [(await load(database, root, TWO, invite=True)).mails for _ in range(5)]
    assert again == [1, 1, 1, 1, 0], "no mailbox is filled"
    found = await invitations.list_organisation_invitations(database, root, None, None, 50, carries)
    assert [(each.email, each.name) for each in found.items] == [("helene@example.com", "Hélène Carré")]


async def test_all_are_told_at_once_of_few_and_of_many_by_one_word(database: Database) -> None:
    root = await administrator(database)
    gina = await sign_in(database, "gina@example.com", "Gina", "employee")
    head = (await streams.organisation_changes(database, gina, 0, 200)).head
    await load(database, root, table_of(101))
    told = (await streams.organisation_changes(database, gina, head, 200)).changes
    assert [each.kind for each in told] == ["colleagues_changed"]


async def test_ten_thousand_come_in_few_statements(database: Database) -> None:
    root = await administrator(database)
    before, began = database.statements, time.perf_counter()
    report = await load(database, root, table_of(10_000), invite=True)
    assert (report.new, report.mails, len(report.items)) == (10_000, 10_000, importing.SHOWN)
    assert database.statements - before < 60
    assert time.perf_counter() - began < 30
    assert len(await employees(database, root)) == 50


async def test_importing_is_for_administrators(database: Database) -> None:
    gina = await sign_in(database, "gina@example.com", "Gina", "employee")
    for dry in (True, False):
        with pytest.raises(Forbidden):
            await load(database, gina, TWO, dry=dry)
    assert await again(database, gina.person_id)


def table_of(number: int) -> str:
    rows = (f"Person {n},p{n}@example.com,Clerk,Sales,p{n // 10}@example.com" for n in range(1, number))
    return "name,email,title,department,manager\nBoss,p0@example.com,Boss,,\n" + "\n".join(rows)
