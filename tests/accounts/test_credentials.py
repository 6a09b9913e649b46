"""Credentials do not outlive their change: who holds a stolen one is out with the password that let it be made."""

import pytest

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.accounts.actions import changing_passwords, password_resets, people
from estafette.accounts.models.inputs import PasswordChange, PasswordReset, PasswordResetRequest, PersonChanges
from estafette.base.database import Database
from tests.accounts.mails import last_secret, mailed
from tests.accounts.people import LAPTOP, PASSWORD, administrator, sign_in, sign_up

NEW = "another horse, another battery"


async def reset(database: Database, email: str) -> None:
    await password_resets.request_reset(database, PasswordResetRequest(email=email), LAPTOP)
    given = PasswordReset(secret=await last_secret(database), password=NEW)
    await password_resets.reset_password(database, given, LAPTOP)


async def holds(database: Database, *secrets: str) -> list[bool]:
    """Whether each secret still lets somebody in."""
    return [
        await (accounts.by_token if secret.startswith("est_") else accounts.by_session)(database, secret) is not None
        for secret in secrets
    ]


async def test_a_reset_ends_every_session_and_every_token(database: Database) -> None:
    ann, laptop = await sign_up(database)
    _, phone = await sign_in(database)
    token = await accounts.create_token(database, ann.person_id, "script")
    ben, _ = await sign_up(database, "ben@example.com", "Ben")
    bens = await accounts.create_token(database, ben.person_id, "script")
    await mailed(database)
    assert await holds(database, laptop, phone, token, bens) == [True] * 4
    await reset(database, "ann@example.com")
    assert await holds(database, laptop, phone, token, bens) == [False, False, False, True]


@pytest.mark.parametrize("sessions", [True, False])
@pytest.mark.parametrize("tokens", [True, False])
async def test_a_change_ends_other_sessions_and_tokens_unless_they_are_kept(
    database: Database, sessions: bool, tokens: bool
) -> None:
    ann, laptop = await sign_up(database)
    _, phone = await sign_in(database)
    token = await accounts.create_token(database, ann.person_id, "script")
    given = PasswordChange(current=PASSWORD, new=NEW, end_sessions=sessions, end_tokens=tokens)
    await changing_passwords.change_password(database, ann, given)
    assert await holds(database, laptop, phone, token) == [True, not sessions, not tokens]


async def test_who_says_nothing_about_it_ends_them(database: Database) -> None:
    ann, laptop = await sign_up(database)
    token = await accounts.create_token(database, ann.person_id, "script")
    await changing_passwords.change_password(database, ann, PasswordChange(current=PASSWORD, new=NEW))
    assert await holds(database, laptop, token) == [True, False]


@pytest.mark.parametrize("changes", [PersonChanges(password=NEW), PersonChanges(disabled=True)])
async def test_an_administrator_who_sets_a_password_or_disables_ends_tokens_too(
    database: Database, changes: PersonChanges
) -> None:
    root: SignedIn = await administrator(database)
    ann, laptop = await sign_up(database)
    token = await accounts.create_token(database, ann.person_id, "script")
    await people.change_person(database, root, ann.person_id, changes)
    await people.change_person(database, root, ann.person_id, PersonChanges(disabled=False))
    assert await holds(database, laptop, token) == [False, False]
