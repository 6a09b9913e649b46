"""Files of clients come in line by line: what is in the file is in the register, or among the rejected lines."""

import asyncio
import csv
import io
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafette.base import idempotency
from estafette.base.errors import Invalid, TooLarge
from estafette.base.idempotency import CredentialNotRepeated, FirstAnswer
from estafette.clients.actions import exporting, importing, keeping, previewing, uploading
from estafette.clients.errors import ImportHasEnded, ImportHasStarted
from estafette.clients.models.clients import GivenConsent
from estafette.clients.models.imports import ClientImport, ImportPlan
from estafette.clients.store import imports
from tests.clients.scene import Register

FILE = """Nom;E-mail;Téléphone;City;Spent;Since;Member;Tier;Consentement e-mail;Shoe
Zoé Lefèvre;zoe@example.com;06 12 34 56 78;Lyon;1 234,50;17.05.2026;oui;gold;oui;41
Yves;yves@example.com;;;;;;;non;
Xavier;nobody;;;;;;;;
Wanda;wanda@example.com;123;;;;;;;
Vera;vera@example.com;;;much;;;;;
;;;;;;;;;
Ulla;ulla@example.com;;;;2026-02-30;;;;
Théo;theo@example.com;;;;;perhaps;;;
Sam;sam@example.com;;;;;;Tin;;
Rita;rita@example.com;;;;;;;;;more
=HYPERLINK("x");quote@example.com;;;;;;;;
\u202eevil;evil@example.com;;;;;;;;
"""
FRENCH: dict[str, Any] = {"language": "fr", "time_zone": "Europe/Paris", "consent_source": "Fair"}


def counts(done: ClientImport) -> dict[str, int]:
    return {"created": done.created, "changed": done.changed, "skipped": done.skipped, "rejected": done.rejected}


async def test_a_file_comes_in_and_each_line_that_does_not_has_its_reason(register: Register) -> None:
    done = await register.bring_in(FILE, **FRENCH)
    assert done.guesses == ["name", "email", "phone", "attribute:city", "attribute:spent", "attribute:since",
                            "attribute:member", "attribute:tier", "consent_email", None]  # fmt: skip
    assert (done.state, done.encoding, done.separator) == ("done", "UTF-8", ";")
    assert counts(done) == {"created": 3, "changed": 0, "skipped": 0, "rejected": 8}
    assert await register.rejected(done.id) == {
        4: ("email", "email_invalid"),
        5: ("phone", "phone_invalid"),
        6: ("attribute:spent", "number_invalid"),
        8: ("attribute:since", "date_invalid"),
        9: ("attribute:member", "yes_or_no_unknown"),
        10: ("attribute:tier", "choice_unknown"),
        11: ("", "too_many_cells"),
        13: ("name", "forbidden_character"),
    }
    clients = {each.email: each for each in await register.everybody()}
    zoe, yves = clients["zoe@example.com"], clients["yves@example.com"]
    assert (zoe.name, zoe.phone, zoe.consented) == ("Zoé Lefèvre", "+33612345678", ["email"])
    assert zoe.attributes == {"city": "Lyon", "spent": 1234.5, "since": "2026-05-17", "member": True, "tier": "Gold"}
    assert (yves.consented, yves.refused) == ([], ["email"])
    assert clients["quote@example.com"].name == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("when_known", "expected", "name"),
    [
        ("skip", {"created": 1, "changed": 0, "skipped": 2, "rejected": 0}, "Zoé"),
        ("update", {"created": 1, "changed": 2, "skipped": 0, "rejected": 0}, "Zoë"),
        ("error", {"created": 1, "changed": 0, "skipped": 0, "rejected": 2}, "Zoé"),
    ],
)
async def test_who_is_known_is_left_changed_or_named(
    register: Register, when_known: str, expected: dict[str, int], name: str
) -> None:
    await register.add("Zoé", email="Zoe@example.com", attributes={"city": "Lyon", "spent": 1})
    text = "name,email,spent\nZoë,zoe@EXAMPLE.com,2\nYves,yves@example.com,\nYves B.,yves@example.com,\n"
    done = await register.bring_in(text, when_known=when_known)
    assert counts(done) == expected
    zoe = next(each for each in await register.everybody() if each.name.startswith("Z"))
    assert (zoe.name, zoe.attributes["city"]) == (name, "Lyon")
    if when_known == "error":
        assert {code for _, code in (await register.rejected(done.id)).values()} == {"client_known"}


async def test_two_clients_with_one_address_cannot_be_told_apart(register: Register) -> None:
    for name in ("Zoé", "Yves"):
        await register.add(name, phone="+33612345678")
    done = await register.bring_in("name,phone\nX,+33 6 12 34 56 78\n", match_by="phone", when_known="update")
    assert await register.rejected(done.id) == {2: ("phone", "client_known_twice")}


async def test_an_external_id_that_another_client_has_is_named(register: Register) -> None:
    await register.add("Zoé", external_id="C-1", email="zoe@example.com")
    text = "id,name,email\nC-1,Yves,yves@example.com\nC-2,Xavier,x@example.com\nC-2,Wanda,w@example.com\n"
    done = await register.bring_in(text)
    assert await register.rejected(done.id) == {
        2: ("external_id", "external_id_taken"),
        4: ("external_id", "external_id_taken"),
    }


async def test_a_file_makes_nobody_agree_who_has_refused(register: Register) -> None:
    made = await register.add("Zoé", email="zoe@example.com")
    said = GivenConsent(given=False, source="STOP")
    await keeping.note_consent(register.database, register.root, made.id, "sms", said)
    await register.bring_in(
        "email\nzoe@example.com\n", when_known="update", consented=["sms", "email"], consent_source="Fair"
    )
    [zoe] = await register.everybody()
    assert (zoe.consented, zoe.refused) == (["email"], ["sms"])


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        ({"columns": ["name"]}, {"columns": "columns_uneven"}),
        ({"columns": ["name", "name"]}, {"columns[1]": "column_twice", "match_by": "match_column_missing"}),
        ({"columns": ["email", "attribute:shoe"]}, {"columns[1]": "attribute_unknown"}),
        ({"columns": ["email", "password"]}, {"columns[1]": "unknown"}),
        ({"columns": ["email", "city"]}, {"columns[1]": "unknown"}),
        ({"columns": ["email", "consent_sms"]}, {"consent_source": "required"}),
        ({"columns": ["email", None], "consent_source": "\0"}, {"consent_source": "forbidden_character"}),
        ({"columns": ["email", None], "consent_source": "x" * 201}, {"consent_source": "too_long"}),
        ({"columns": ["email", None], "time_zone": "Mars/Base"}, {"time_zone": "time_zone_unknown"}),
    ],
)
async def test_a_plan_that_cannot_be_followed_is_refused(
    register: Register, plan: dict[str, Any], wrong: dict[str, str]
) -> None:
    found = await register.upload("name,email\nZoé,zoe@example.com\n")
    given: dict[str, Any] = {"match_by": "email", **plan}
    with pytest.raises(Invalid) as problem:
        await previewing.start(register.database, register.root, found.id, ImportPlan(**given))
    assert {each.field: each.code for each in problem.value.fields} == wrong
    assert not await importing.import_one(register.database, register.storage, asyncio.Event())


async def test_cells_that_no_database_keeps_are_rejected_with_their_lines(register: Register) -> None:
    await register.add("Zoé", external_id="C-1", email="zoe@example.com")
    row = '{"id": "C-1", "email": "%s", "note": "\\ud800 \\u0000", "na\\ud800me": "x"}\n'
    done = await register.bring_in(row % "yves@example.com" + row % "zoe@example.com", when_known="error")
    assert await register.rejected(done.id) == {
        1: ("external_id", "external_id_taken"),
        2: ("email", "client_known"),
    }


async def test_who_is_erased_is_in_no_rejected_line_and_in_no_kept_answer(register: Register) -> None:
    zoe = await register.add("Zoé", external_id="7", email="zoe@example.com", phone="+33612345678")
    rows = ["7,Y,y@example.com,", "8,Z,Zoe@Example.com x,", "8,Z,z,06 12 34 56 78", "9,7,nobody,7"]
    done = await register.bring_in("id,name,email,phone\n" + "\n".join(rows) + "\n", language="fr")
    assert sorted(await register.rejected(done.id)) == [2, 3, 4, 5]
    owner = register.root.person_id
    async with register.database.transaction() as transaction:
        for key, body in (("1", f'{{"id":"{zoe.id}"}}'.encode()), ("2", b"{}")):
            await idempotency.claim(transaction, owner, key, b"")
            await idempotency.keep(transaction, owner, key, FirstAnswer(201, {}, body))
    nobody = await register.add("Nobody")
    await keeping.erase_client(register.database, register.root, nobody.id)
    assert sorted(await register.rejected(done.id)) == [2, 3, 4, 5]
    await keeping.erase_client(register.database, register.root, zoe.id)
    assert sorted(await register.rejected(done.id)) == [5]
    with pytest.raises(CredentialNotRepeated):
        await idempotency.first_answer(register.database, owner, "1", b"")
    assert await idempotency.first_answer(register.database, owner, "2", b"")


async def test_a_preview_tells_what_would_become_and_changes_nothing(register: Register) -> None:
    await register.add("Yves", email="yves@example.com")
    found = await register.upload(FILE)
    plan = ImportPlan(columns=found.guesses, match_by="email", **FRENCH)
    told, rejects = await previewing.preview(register.database, register.storage, register.root, found.id, plan)
    assert (told.looked_at, told.created, told.skipped, told.rejected) == (11, 2, 1, 8)
    assert [each.line for each in rejects][:2] == [4, 5]
    assert await register.names() == ["Yves"]


async def test_an_import_is_started_once_and_what_is_in_stays_when_it_is_cancelled(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    found = await register.upload("email\n" + "".join(f"c{number}@example.com\n" for number in range(10)))
    plan = ImportPlan(columns=["email"], match_by="email")
    await previewing.start(register.database, register.root, found.id, plan)
    with pytest.raises(ImportHasStarted):
        await previewing.start(register.database, register.root, found.id, plan)
    advance = imports.advance

    async def cancelled_after_the_first(queries: Any, *given: Any) -> None:
        await advance(queries, *given)
        await imports.end(queries, found.id, None, "cancelled", None, register.database.clock.now())

    monkeypatch.setattr(imports, "advance", cancelled_after_the_first)
    await importing.import_one(register.database, register.storage, asyncio.Event())
    done = await previewing.get_import(register.database, register.root, found.id)
    assert (done.state, done.position, done.created) == ("cancelled", 2, 2)
    assert len(await register.names()) == 2
    with pytest.raises(ImportHasEnded):
        await previewing.cancel(register.database, register.root, found.id)


async def test_a_worker_that_is_stopped_lets_another_go_on_at_once(register: Register) -> None:
    found = await register.upload("email\nzoe@example.com\n")
    plan = ImportPlan(columns=["email"], match_by="email")
    await previewing.start(register.database, register.root, found.id, plan)
    stop = asyncio.Event()
    stop.set()
    assert await importing.import_one(register.database, register.storage, stop)
    assert await register.names() == []
    assert await importing.import_one(register.database, register.storage, asyncio.Event())
    assert [each.email for each in await register.everybody()] == ["zoe@example.com"]


async def test_a_worker_that_was_killed_is_followed_by_one_that_goes_on(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)
    lines = [f"c{number}@example.com\n" if number % 4 else "nobody\n" for number in range(20)]
    found = await register.upload("email\n" + "".join(lines))
    plan = ImportPlan(columns=["email"], match_by="email", when_known="update")
    await previewing.start(register.database, register.root, found.id, plan)
    advance, died = imports.advance, [0]

    async def dies_now_and_then(*given: Any) -> None:
        await advance(*given)
        died[0] += 1
        if died[0] % 2:
            raise ConnectionError("killed before the commit")

    monkeypatch.setattr(imports, "advance", dies_now_and_then)
    for _ in range(40):
        try:
            while await importing.import_one(register.database, register.storage, asyncio.Event()):
                pass
        except ConnectionError:
            # Nobody else begins before the lease is over.
            assert not await importing.import_one(register.database, register.storage, asyncio.Event())
            register.database.clock.move(importing.LEASE)
    done = await previewing.get_import(register.database, register.root, found.id)
    assert (done.state, done.position) == ("done", 20)
    assert counts(done) == {"created": 15, "changed": 0, "skipped": 0, "rejected": 5}
    assert len(await register.names()) == 15
    assert died[0] > 7


EMAILS = st.sampled_from([f"c{number}@example.com" for number in range(6)] + ["", "nobody", "two words@example.com"])
ROWS = st.lists(st.tuples(st.text(max_size=12), EMAILS, st.sampled_from(["", "C-1", "C-2", "C-3"])), max_size=25)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, when_known=st.sampled_from(["skip", "update", "error"]), batch=st.integers(1, 30))
async def test_every_line_is_in_the_register_or_rejected_in_whatever_batches(
    register: Register, rows: list[tuple[str, str, str]], when_known: str, batch: int
) -> None:
    await register.database.execute("DELETE FROM clients")
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerows([("name", "email", "id"), *rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "BATCH", batch)
        done = await register.bring_in(target.getvalue().encode("utf-8", "replace"), when_known=when_known)
    assert done.state == "done"
    told = done.created + done.changed + done.skipped + done.rejected
    assert told == done.position
    assert done.rejected == len(await register.rejected(done.id))
    kept = await register.everybody()
    assert len(kept) == done.created
    assert max(Counter(each.email for each in kept).values(), default=1) == 1
    ids = [each.external_id for each in kept if each.external_id]
    assert len(ids) == len(set(ids))
    # Lines in batches of their own fare like all of them at once.
    good = {email for _, email, _ in rows if email.startswith("c")}
    assert {each.email for each in kept} <= good


async def test_what_was_exported_is_imported_again(register: Register) -> None:
    await register.bring_in(FILE, **FRENCH)
    before = await register.everybody()
    pieces = await exporting.export_csv(register.database, register.root, None)
    content = b"".join([each async for each in pieces])
    assert b'"\'=HYPERLINK(""x"")"' in content
    done = await register.bring_in(content, when_known="update", consent_source="Again")
    assert counts(done) == {"created": 0, "changed": 3, "skipped": 0, "rejected": 0}
    after = await register.everybody()
    assert [(each.name, each.phone, each.attributes, each.consented, each.refused) for each in after] == [
        (each.name, each.phone, each.attributes, each.consented, each.refused) for each in before
    ]


async def test_what_is_too_large_is_refused_while_it_comes(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "MAX_BYTES", 10)
    with pytest.raises(TooLarge):
        await register.upload("name,email\nZoé,zoe@example.com\n")
    assert await previewing.list_imports(register.database, register.root) == []


async def test_a_file_that_nobody_needs_is_removed_and_its_rejected_lines_after_a_month(register: Register) -> None:
    unused = await register.upload("email\nzoe@example.com\n")
    done = await register.bring_in("email\nnobody\n")
    path = uploading.kept_at(unused.id)
    assert await register.storage.small(path)
    register.database.clock.move(importing.UNUSED * 2)
    await importing.forget_old_imports(register.database, register.storage)
    assert [each.id for each in await previewing.list_imports(register.database, register.root)] == [done.id]
    register.database.clock.move(importing.KEPT)
    await importing.forget_old_imports(register.database, register.storage)
    assert await previewing.list_imports(register.database, register.root) == []
    assert await register.database.fetchval("SELECT count(*) FROM client_import_rejects") == 0
