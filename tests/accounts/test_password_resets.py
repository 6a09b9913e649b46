"""A forgotten password: who is mailed a link, for how long it holds, and what it ends."""

import asyncio
from datetime import timedelta

import pytest

from estafette import accounts
from estafette.accounts.actions import changing_passwords, password_resets, people, profiles
from estafette.accounts.errors import WrongCredentials
from estafette.accounts.models.credentials import NewSession
from estafette.accounts.models.inputs import (
    PasswordChange,
    PasswordReset,
    PasswordResetRequest,
    PersonChanges,
)
from estafette.base.database import Database
from estafette.base.errors import Invalid, TooMany
from tests.accounts.mails import last_secret, mailed, told
from tests.accounts.people import LAPTOP, PASSWORD, administrator, codes, move, sign_in, sign_up

NEW = "another horse, another battery"


async def forget(database: Database, email: str = "ann@example.com") -> None:
    await password_resets.request_reset(database, PasswordResetRequest(email=email), LAPTOP)


async def reset(database: Database, secret: str, password: str = NEW) -> NewSession:
    return await password_resets.reset_password(database, PasswordReset(secret=secret, password=password), LAPTOP)


async def refused(database: Database, secret: str, password: str = NEW) -> dict[str, str]:
    with pytest.raises(Invalid) as problem:
        await reset(database, secret, password)
    return codes(problem.value)


async def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(database: Database) -> None:
    ann, cookie = await sign_up(database, "Ann@example.com")
    await mailed(database)
    await forget(database, " ANN@example.com ")
    (link,) = await mailed(database)
    assert (link.purpose, link.person_id, link.email, link.name) == (
        "password_reset",
        ann.person_id,
        "Ann@example.com",
        "Ann",
    )
    assert (link.language, link.time_zone) == ("en", "UTC")
    assert link.secret is not None
    begun = await reset(database, link.secret)
    assert begun.me.id == ann.person_id
    assert (await accounts.by_session(database, begun.token)) is not None
    assert await accounts.by_session(database, cookie) is None, "other sessions have ended"
    assert (await sign_in(database, password=NEW))[0].person_id == ann.person_id
    with pytest.raises(WrongCredentials):
        await sign_in(database, password=PASSWORD)
    assert await told(database, ann.person_id, "password_changed") == 1


async def test_a_link_holds_once(database: Database) -> None:
    await sign_up(database)
    await forget(database)
    secret = await last_secret(database)
    await reset(database, secret)
    assert await refused(database, secret) == {"secret": "link_ended"}


async def test_of_two_who_use_a_link_at_once_one_sets_the_password(database: Database) -> None:
    await sign_up(database)
    await forget(database)
    secret = await last_secret(database)
    outcomes = await asyncio.gather(
        reset(database, secret, "the first password"),
        reset(database, secret, "the second password"),
        return_exceptions=True,
    )
    assert sorted(type(each) is NewSession for each in outcomes) == [False, True]
    assert any(isinstance(each, Invalid) for each in outcomes)


async def test_a_newer_link_ends_the_older_one_also_when_its_mail_is_not_written(database: Database) -> None:
    await sign_up(database)
    await mailed(database)
    await forget(database)
    first = await last_secret(database)
    await forget(database)
    await forget(database)
    (link,) = await mailed(database)
    assert await refused(database, first) == {"secret": "link_ended"}
    assert link.secret is not None
    await reset(database, link.secret)


async def test_a_link_ends_after_an_hour(database: Database) -> None:
    await sign_up(database)
    await forget(database)
    secret = await last_secret(database)
    database.clock.move(timedelta(minutes=61))
    assert await refused(database, secret) == {"secret": "link_ended"}
    await accounts.forget_ended_links(database)
    left = await database.fetch("SELECT purpose FROM mailed_links")
    assert [row["purpose"] for row in left] == ["email_confirmation"], "what has ended is forgotten, and nothing else"


async def test_a_mail_that_was_not_written_in_time_is_not_written(database: Database) -> None:
    await sign_up(database)
    await mailed(database)
    await forget(database)
    database.clock.move(timedelta(minutes=61))
    assert await mailed(database) == []


async def test_a_service_account_and_who_is_disabled_are_mailed_nothing(database: Database) -> None:
    root = await administrator(database)
    ann, _ = await sign_up(database)
    await accounts.add_person(database, "robot@example.com", "Robot", ("service",))
    await forget(database)
    early = await last_secret(database)
    await forget(database)
    await people.change_person(database, root, ann.person_id, PersonChanges(disabled=True))
    await forget(database)
    await forget(database, "robot@example.com")
    assert await mailed(database) == []
    assert await refused(database, early) == {"secret": "link_ended"}


async def test_who_was_added_without_a_password_gets_the_first_one_this_way(database: Database) -> None:
    await accounts.add_person(database, "fay@example.com", "Fay")
    await forget(database, "fay@example.com")
    begun = await reset(database, await last_secret(database))
    assert begun.me.has_password
    assert (await sign_in(database, "fay@example.com", NEW))[0].name == "Fay"


async def test_reading_the_mail_proves_whose_the_address_is(database: Database) -> None:
    ann, _ = await sign_up(database)
    assert not (await profiles.me(database, ann)).email_confirmed
    await forget(database)
    assert (await reset(database, await last_secret(database))).me.email_confirmed
    assert (await profiles.me(database, ann)).email_confirmed


async def test_another_address_or_another_password_ends_the_link(database: Database) -> None:
    ann, _ = await sign_up(database)
    await forget(database)
    secret = await last_secret(database)
    await move(database, ann, "ann@elsewhere.example")
    assert await refused(database, secret) == {"secret": "link_ended"}

    await forget(database, "ann@elsewhere.example")
    secret = await last_secret(database)
    await changing_passwords.change_password(database, ann, PasswordChange(current=PASSWORD, new=NEW))
    assert await refused(database, secret) == {"secret": "link_ended"}
    assert await told(database, ann.person_id, "password_changed") == 1


async def test_an_administrator_who_sets_a_password_ends_links_and_sessions(database: Database) -> None:
    root = await administrator(database)
    ann, cookie = await sign_up(database)
    await forget(database)
    secret = await last_secret(database)
    await people.change_person(database, root, ann.person_id, PersonChanges(password=NEW))
    assert await refused(database, secret) == {"secret": "link_ended"}
    assert await accounts.by_session(database, cookie) is None
    assert await told(database, ann.person_id, "password_changed") == 1


async def test_all_wrong_fields_are_named_and_a_bad_password_does_not_spend_the_link(database: Database) -> None:
    await sign_up(database)
    await forget(database)
    secret = await last_secret(database)
    assert await refused(database, "guess", "short") == {"secret": "link_ended", "password": "too_short"}
    assert await refused(database, secret, "short") == {"password": "too_short"}
    with pytest.raises(Invalid) as problem:
        await forget(database, "no address")
    assert codes(problem.value) == {"email": "email_invalid"}
    await reset(database, secret)


async def test_a_secret_is_for_its_purpose_and_is_not_stored(database: Database) -> None:
    await sign_up(database)
    secret = await last_secret(database)
    assert await refused(database, secret) == {"secret": "link_ended"}, "this one confirms the address"
    stored = await database.fetch("SELECT mailed_links::text AS row FROM mailed_links")
    assert not any(secret in each["row"] for each in stored)


async def test_wishes_are_limited_by_address_and_by_place(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_resets, "REQUESTS_BY_EMAIL", 2)
    monkeypatch.setattr(password_resets, "REQUESTS_BY_ADDRESS", 5)
    for email in ("ann@example.com", "nobody@example.com"):
        for _ in range(2):
            await forget(database, email)
    with pytest.raises(TooMany):
        await forget(database, "ANN@example.com")
    with pytest.raises(TooMany):
        await forget(database, "another@example.com")


async def test_tries_of_secrets_are_limited(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_resets, "RESETS", 2)
    for _ in range(2):
        assert await refused(database, "guess") == {"secret": "link_ended"}
    with pytest.raises(TooMany):
        await reset(database, "guess")
