"""Sign-up, sign-in, the first administrator, and what an attacker can tell from them."""

import asyncio

import pytest

from estafette import accounts
from estafette.accounts import passwords
from estafette.accounts.actions import sessions, signing_up
from estafette.accounts.errors import SetupDone, WrongCredentials
from estafette.accounts.models.inputs import SetUp, SignUp
from estafette.accounts.store import people
from estafette.base.database import Database
from estafette.base.errors import Invalid, TooMany
from tests.accounts.people import LAPTOP, PASSWORD, codes, seen, sign_in, sign_up


async def test_a_customer_signs_up_and_is_signed_in(database: Database) -> None:
    given = SignUp(name="  Ann Lee ", email="Ann@Example.com", password=PASSWORD, language="fr", time_zone="Asia/Tokyo")
    begun = await signing_up.sign_up(database, given, LAPTOP)
    assert (begun.me.name, begun.me.email, begun.me.roles) == ("Ann Lee", "Ann@Example.com", ["customer"])
    assert (begun.me.language, begun.me.time_zone, begun.me.has_password) == ("fr", "Asia/Tokyo", True)
    person = await accounts.by_session(database, begun.token)
    assert person is not None
    assert person.person_id == begun.me.id
    assert person.parties == {begun.me.id}
    assert person.roles == {"customer"}


async def test_an_unknown_time_zone_does_not_stop_a_sign_up(database: Database) -> None:
    given = SignUp(name="Ann", email="ann@example.com", password=PASSWORD, time_zone="Etc/Unknown")
    assert (await signing_up.sign_up(database, given, LAPTOP, "ru")).me.time_zone == "UTC"


@pytest.mark.parametrize("email", ["ANN@example.COM", "ann@example.com", " ann@EXAMPLE.com ", "ａｎｎ＠example.com"])
async def test_an_address_is_taken_however_it_is_written(database: Database, email: str) -> None:
    await sign_up(database, "Ann@Example.com")
    with pytest.raises(Invalid) as refused:
        await sign_up(database, email, "Another")
    assert codes(refused.value) == {"email": "email_taken"}
    assert (await sign_in(database, email))[0].name == "Ann"


async def test_two_sign_ups_at_once_with_one_address_make_one_person(database: Database) -> None:
    outcomes = await asyncio.gather(*(sign_up(database) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(each, Invalid) for each in outcomes) == 3
    assert await database.fetchval("SELECT count(*) FROM people") == 1
    assert await database.fetchval("SELECT count(*) FROM contact_profiles") == 1


async def test_all_wrong_fields_of_a_sign_up_are_named_and_nothing_is_saved(database: Database) -> None:
    with pytest.raises(Invalid) as refused:
        await signing_up.sign_up(database, SignUp(name="\0", email="nobody", password="short"), LAPTOP)
    assert codes(refused.value) == {"name": "forbidden_character", "email": "email_invalid", "password": "too_short"}
    assert await database.fetchval("SELECT count(*) FROM people") == 0


async def test_a_wrong_password_and_an_unknown_address_are_refused_alike(database: Database) -> None:
    await sign_up(database)
    for email in ("ann@example.com", "nobody@example.com", "no address", "nul\0@example.com", "x" * 5_000):
        with pytest.raises(WrongCredentials):
            await sign_in(database, email, "wrong password")


async def test_an_unknown_address_costs_a_password_hash_too(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str | None] = []
    real = passwords.fits

    async def fits(password: str, stored: str | None) -> bool:
        compared.append(stored)
        return await real(password, stored)

    monkeypatch.setattr(passwords, "fits", fits)
    before = database.statements
    with pytest.raises(WrongCredentials):
        await sign_in(database, "nobody@example.com")
    assert compared == [None]
    unknown = database.statements - before

    await sign_up(database)
    before = database.statements
    with pytest.raises(WrongCredentials):
        await sign_in(database, "ann@example.com", "wrong password")
    assert database.statements - before == unknown


async def test_a_password_typed_with_other_code_points_is_the_same(database: Database) -> None:
    await signing_up.sign_up(
        database, SignUp(name="Ann", email="ann@example.com", password="mot de passe caf\u00e9"), LAPTOP
    )
    assert (await sign_in(database, "ann@example.com", "mot de passe cafe\u0301"))[0].name == "Ann"


async def test_attempts_from_one_place_are_limited_whomever_they_try(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "SIGN_INS_BY_ADDRESS", 2)
    for number in range(2):
        with pytest.raises(WrongCredentials):
            await sign_in(database, f"nobody{number}@example.com")
    with pytest.raises(TooMany):
        await sign_in(database, "another@example.com")


async def test_sign_ups_from_one_place_are_limited(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_up, "SIGN_UPS", 1)
    await sign_up(database)
    with pytest.raises(TooMany):
        await sign_up(database, "ben@example.com")


async def test_the_setup_code_lets_the_first_administrator_in_once(database: Database) -> None:
    code = await accounts.setup_code(database)
    assert code is not None
    assert await accounts.setup_code(database) == code
    await sign_up(database)  # a customer who was faster does not lock the operator out
    assert await accounts.setup_code(database) == code

    given = SetUp(code=code, name="Root", email="root@example.com", password=PASSWORD)
    begun = await signing_up.set_up(database, given, LAPTOP)
    assert begun.me.roles == ["administrator"]
    assert (await seen(database, begun.token)).administrates
    assert await accounts.setup_code(database) is None
    with pytest.raises(SetupDone):
        await signing_up.set_up(database, given, LAPTOP)


async def test_two_setups_at_once_make_one_administrator(database: Database) -> None:
    code = await accounts.setup_code(database) or ""
    outcomes = await asyncio.gather(
        *(
            signing_up.set_up(
                database, SetUp(code=code, name="Root", email=f"root{each}@example.com", password=PASSWORD), LAPTOP
            )
            for each in range(3)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(each, SetupDone) for each in outcomes) == 2
    assert await database.fetchval("SELECT count(*) FROM people") == 1


async def test_a_wrong_setup_code_is_refused_and_tries_are_limited(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_up, "SETUPS", 2)
    code = await accounts.setup_code(database) or ""
    given = SetUp(code="guess", name="Eve", email="eve@example.com", password=PASSWORD)
    for _ in range(2):
        with pytest.raises(Invalid) as refused:
            await signing_up.set_up(database, given, LAPTOP)
        assert codes(refused.value) == {"code": "wrong_code"}
    with pytest.raises(TooMany):
        await signing_up.set_up(
            database, SetUp(code=code, name="Root", email="root@example.com", password=PASSWORD), LAPTOP
        )
    assert await database.fetchval("SELECT count(*) FROM people") == 0


@pytest.mark.usefixtures("real_hashes")
async def test_no_secret_is_stored_as_it_is(database: Database) -> None:
    person, cookie = await sign_up(database)
    bearer = await accounts.create_token(database, person.person_id, "robot")
    rows = await database.fetch("SELECT people::text || sessions::text || tokens::text FROM people, sessions, tokens")
    text = "".join(row[0] for row in rows)
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in text
    assert not any(secret in text for secret in (PASSWORD, cookie, bearer, bearer.removeprefix("est_")))


async def test_a_password_changed_between_check_and_session_begins_none(database: Database) -> None:
    person, _ = await sign_up(database)
    await database.execute("UPDATE people SET password_hash = 'another' WHERE id = $1", person.person_id)
    row = await people.get(database, person.person_id)
    assert row is not None
    await database.execute("UPDATE people SET password_hash = 'newer' WHERE id = $1", person.person_id)
    with pytest.raises(WrongCredentials):
        async with database.transaction() as transaction:
            await sessions.begin(transaction, row, LAPTOP)
