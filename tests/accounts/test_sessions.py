"""Sessions: how long they last, who sees and ends them, and who hears of it."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from estafette import accounts
from estafette.accounts.actions import changing_passwords, sessions
from estafette.accounts.errors import WrongCredentials
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import PasswordChange, SignIn
from estafette.base.database import Database
from estafette.base.errors import Invalid, NotFound, TooMany
from estafette.base.ids import new_id
from tests.accounts.people import LAPTOP, PASSWORD, by_new_token, codes, seen, sign_in, sign_up
from tests.waiting import PATIENCE


async def test_a_session_is_recognised_by_one_statement(database: Database) -> None:
    _, cookie = await sign_up(database)
    before = database.statements
    assert await accounts.by_session(database, cookie)
    assert database.statements - before == 1


async def test_a_session_in_use_lasts_and_an_unused_one_ends_after_thirty_days(database: Database) -> None:
    _, cookie = await sign_up(database)
    database.clock.move(timedelta(days=29))
    assert await accounts.by_session(database, cookie)
    database.clock.move(timedelta(days=29))
    assert await accounts.by_session(database, cookie)
    database.clock.move(timedelta(days=30, seconds=1))
    assert await accounts.by_session(database, cookie) is None


async def test_use_is_noted_at_most_once_a_minute(database: Database) -> None:
    _, cookie = await sign_up(database)

    async def statements() -> int:
        before = database.statements
        assert await accounts.by_session(database, cookie)
        return database.statements - before

    database.clock.move(timedelta(seconds=50))
    assert await statements() == 1
    database.clock.move(timedelta(seconds=10))
    assert await statements() == 3
    assert await statements() == 1
    noted = await database.fetchval("SELECT last_seen_at FROM people")
    assert abs(noted - database.clock.now()) < timedelta(seconds=30)


async def test_ended_sessions_are_swept_away(database: Database) -> None:
    _, old = await sign_up(database)
    database.clock.move(timedelta(days=20))
    _, new = await sign_in(database)
    database.clock.move(timedelta(days=15))
    await accounts.forget_ended_sessions(database)
    assert await database.fetchval("SELECT count(*) FROM sessions") == 1
    assert await accounts.by_session(database, old) is None
    assert await accounts.by_session(database, new)


@pytest.mark.parametrize("cookie", ["", "unknown", "est_unknown", "nul\0", "x" * 10_000, "\udcff"])
async def test_what_was_never_given_is_nobody(database: Database, cookie: str) -> None:
    assert await accounts.by_session(database, cookie) is None
    assert await accounts.by_token(database, cookie) is None


async def test_a_token_is_no_session_and_a_session_no_token(database: Database) -> None:
    person, cookie = await sign_up(database)
    token = await accounts.create_token(database, person.person_id, "robot")
    assert await accounts.by_session(database, token) is None
    assert await accounts.by_token(database, cookie) is None


async def test_people_see_where_they_are_signed_in(database: Database) -> None:
    person, _ = await sign_up(database)
    await sign_up(database, "ben@example.com", "Ben")
    begun = await sessions.sign_in(
        database,
        SignIn(email="ann@example.com", password=PASSWORD),
        Device(address="2001:db8::1", neighbourhood="2001:db8::", user_agent="x" * 999),
    )
    listed = await sessions.list_sessions(database, person)
    assert [each.current for each in listed] == [False, True]
    assert listed[0].address == "2001:db8::1"
    assert listed[0].user_agent == "x" * 300
    phone = await seen(database, begun.token)
    assert [each.current for each in await sessions.list_sessions(database, phone)] == [True, False]


async def test_a_revoked_session_is_refused(database: Database) -> None:
    person, _ = await sign_up(database)
    phone, cookie = await sign_in(database)
    assert phone.session_id is not None
    await sessions.end_session(database, person, phone.session_id)
    assert await accounts.by_session(database, cookie) is None


async def test_signing_out_ends_this_session_alone(database: Database) -> None:
    person, first = await sign_up(database)
    _, second = await sign_in(database)
    await sessions.sign_out(database, person)
    assert await accounts.by_session(database, first) is None
    assert await accounts.by_session(database, second)
    with pytest.raises(NotFound):
        await sessions.sign_out(database, await by_new_token(database, person, "write"))


async def test_all_other_sessions_end_at_once(database: Database) -> None:
    person, first = await sign_up(database)
    others = [(await sign_in(database))[1] for _ in range(3)]
    await sessions.end_other_sessions(database, person)
    assert await accounts.by_session(database, first)
    assert [await accounts.by_session(database, each) for each in others] == [None, None, None]


async def test_nobody_ends_the_session_of_another(database: Database) -> None:
    ann, cookie = await sign_up(database)
    ben, _ = await sign_up(database, "ben@example.com", "Ben")
    assert ann.session_id is not None
    for session in (ann.session_id, new_id()):
        with pytest.raises(NotFound):
            await sessions.end_session(database, ben, session)
    assert await accounts.by_session(database, cookie)


async def test_another_password_ends_the_other_sessions_and_lets_in(database: Database) -> None:
    person, here = await sign_up(database)
    _, elsewhere = await sign_in(database)
    await changing_passwords.change_password(database, person, PasswordChange(current=PASSWORD, new="another password"))
    assert await accounts.by_session(database, here)
    assert await accounts.by_session(database, elsewhere) is None
    assert (await sign_in(database, password="another password"))[0].person_id == person.person_id
    with pytest.raises(WrongCredentials):
        await sign_in(database)


async def test_the_present_password_is_needed_and_guesses_are_limited(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing_passwords, "ATTEMPTS", 2)
    person, _ = await sign_up(database)
    guess = PasswordChange(current="a wild guess", new="another password")
    for _ in range(2):
        with pytest.raises(Invalid) as refused:
            await changing_passwords.change_password(database, person, guess)
        assert codes(refused.value) == {"current": "wrong_password"}
    with pytest.raises(TooMany):
        await changing_passwords.change_password(
            database, person, PasswordChange(current=PASSWORD, new="another password")
        )
    again, _ = await sign_in(database)
    assert again.person_id == person.person_id


async def test_who_holds_a_connection_hears_that_a_session_has_ended(database: Database) -> None:
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    database.bus.on(accounts.IDENTITY, lambda data: heard.put_nowait(msgspec.json.decode(data)))
    person, _ = await sign_up(database)
    phone, _ = await sign_in(database)
    assert phone.session_id is not None
    await sessions.end_session(database, person, phone.session_id)
    async with asyncio.timeout(PATIENCE):
        told = await heard.get()
    assert (UUID(told["person"]), UUID(told["session"])) == (person.person_id, phone.session_id)


async def test_sessions_know_the_device_that_began_them(database: Database) -> None:
    person, _ = await sign_up(database)
    (only,) = await sessions.list_sessions(database, person)
    assert (only.address, only.user_agent) == (LAPTOP.address, LAPTOP.user_agent)


async def test_sessions_that_end_each_other_do_not_wait_for_each_other_for_ever(database: Database) -> None:
    await sign_up(database)
    here = [(await sign_in(database))[0] for _ in range(6)]
    await asyncio.gather(*(sessions.end_other_sessions(database, each) for each in here))
    assert await database.fetchval("SELECT count(*) FROM sessions") <= 1
