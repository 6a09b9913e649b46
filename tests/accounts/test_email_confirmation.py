"""Whose an address is: confirmed by the link that was mailed to it, and again when it changes."""

from datetime import timedelta

import pytest

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.accounts.actions import (
    contact_profiles,
    email_changes,
    email_confirmation,
    password_resets,
    people,
    profiles,
    signing_up,
)
from estafette.accounts.errors import LinkForAnotherAccount, SessionNeeded
from estafette.accounts.models.inputs import (
    EmailConfirmation,
    PasswordReset,
    PasswordResetRequest,
    PersonChanges,
    ProfileChanges,
    SetUp,
)
from estafette.base.database import Database
from estafette.base.errors import Invalid, TooMany
from tests.accounts.mails import last_secret, mailed, told
from tests.accounts.people import LAPTOP, PASSWORD, administrator, by_new_token, codes, seen, sign_up


async def confirm(database: Database, who: SignedIn, secret: str) -> str:
    return (await email_confirmation.confirm_email(database, who, EmailConfirmation(secret=secret), LAPTOP)).email


async def refused(database: Database, who: SignedIn, secret: str) -> dict[str, str]:
    with pytest.raises(Invalid) as problem:
        await confirm(database, who, secret)
    return codes(problem.value)


async def test_who_signs_up_is_mailed_a_link_that_confirms_the_address(database: Database) -> None:
    ann, _ = await sign_up(database)
    assert not (await profiles.me(database, ann)).email_confirmed
    assert not (await accounts.contacts(database, [ann.person_id]))[ann.person_id].email_confirmed
    (link,) = await mailed(database)
    assert (link.purpose, link.email, link.name) == ("email_confirmation", "ann@example.com", "Ann")
    assert link.secret is not None
    assert await confirm(database, ann, link.secret) == "ann@example.com"
    assert (await profiles.me(database, ann)).email_confirmed
    assert (await accounts.contacts(database, [ann.person_id]))[ann.person_id].email_confirmed
    assert await told(database, ann.person_id, "profile_changed") == 1, "open pages hear of it"


async def test_the_same_link_once_more_changes_nothing(database: Database) -> None:
    ann, _ = await sign_up(database)
    secret = await last_secret(database)
    assert await confirm(database, ann, secret) == await confirm(database, ann, secret)
    assert await told(database, ann.person_id, "profile_changed") == 1


async def test_a_link_confirms_nothing_for_who_is_not_signed_in_to_its_account(database: Database) -> None:
    squatter, _ = await sign_up(database, "ben@example.com", "Not Ben")
    secret = await last_secret(database)
    ben, _ = await sign_up(database, "ben@elsewhere.example", "Ben")
    with pytest.raises(LinkForAnotherAccount):
        await confirm(database, ben, secret)
    with pytest.raises(SessionNeeded):
        await confirm(database, await by_new_token(database, squatter, "write"), secret)
    assert not (await profiles.me(database, squatter)).email_confirmed
    assert not (await profiles.me(database, ben)).email_confirmed


async def test_nobody_gives_his_address_to_the_account_of_a_stranger_who_typed_it(database: Database) -> None:
    mallory, _ = await sign_up(database, "mallory@example.com", "Mallory", confirmed=True)
    await mailed(database)
    await profiles.change_profile(database, mallory, ProfileChanges(email="ben@example.com", password=PASSWORD))
    secret = await last_secret(database)
    ben, _ = await sign_up(database, "ben@elsewhere.example", "Ben")
    with pytest.raises(LinkForAnotherAccount):
        await confirm(database, ben, secret)
    assert (await profiles.me(database, mallory)).email == "mallory@example.com"


async def test_who_reads_the_mail_takes_the_account_from_who_squats_on_the_address(database: Database) -> None:
    squatter, cookie = await sign_up(database, "ben@example.com", "Not Ben")
    token = await accounts.create_token(database, squatter.person_id, "mine")
    moving = ProfileChanges(email="mallory@example.com", password=PASSWORD, phone="+33612345678")
    await profiles.change_profile(database, squatter, moving)
    moves = await last_secret(database)
    await password_resets.request_reset(database, PasswordResetRequest(email="ben@example.com"), LAPTOP)
    given = PasswordReset(secret=await last_secret(database), password="a password of Ben")
    begun = await password_resets.reset_password(database, given, LAPTOP)
    assert (begun.me.email, begun.me.email_confirmed, begun.me.pending_email) == ("ben@example.com", True, None)
    assert await accounts.by_session(database, cookie) is None
    assert await accounts.by_token(database, token) is None
    ben = await seen(database, begun.token)
    assert await refused(database, ben, moves) == {"secret": "link_ended"}
    assert (await profiles.me(database, ben)).phone is None, "nothing more is told to the squatter's phone"
    assert [each.phone for each in await contact_profiles.list_contact_profiles(database, ben)] == [None]


async def test_whoever_answers_for_a_person_is_believed(database: Database) -> None:
    code = await accounts.setup_code(database) or ""
    given = SetUp(code=code, name="Root", email="root@example.com", password=PASSWORD)
    assert (await signing_up.set_up(database, given, LAPTOP)).me.email_confirmed
    assert (await accounts.add_person(database, "fay@example.com", "Fay")).email_confirmed
    assert await mailed(database) == []


async def test_a_link_ends_after_seven_days(database: Database) -> None:
    ann, _ = await sign_up(database)
    secret = await last_secret(database)
    database.clock.move(timedelta(days=7, seconds=1))
    assert await refused(database, ann, secret) == {"secret": "link_ended"}
    assert await refused(database, ann, "guess") == {"secret": "link_ended"}


async def test_it_is_mailed_again_and_both_links_hold(database: Database) -> None:
    ann, _ = await sign_up(database)
    first = await last_secret(database)
    await email_confirmation.request_confirmation(database, ann)
    second = await last_secret(database)
    assert first != second
    assert await confirm(database, ann, second) == await confirm(database, ann, first)
    await email_confirmation.request_confirmation(database, ann)
    assert await mailed(database) == [], "there is nothing left to confirm"


async def test_a_mail_that_is_not_needed_any_more_is_not_written(database: Database) -> None:
    ann, _ = await sign_up(database)
    secret = await last_secret(database)
    await email_confirmation.request_confirmation(database, ann)
    await confirm(database, ann, secret)
    assert await mailed(database) == []


async def test_mailing_again_is_limited(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(email_confirmation, "REQUESTS", 2)
    ann, _ = await sign_up(database)
    for _ in range(2):
        await email_confirmation.request_confirmation(database, ann)
    with pytest.raises(TooMany):
        await email_confirmation.request_confirmation(database, ann)
    assert len(await mailed(database)) == 3


async def test_another_spelling_of_the_address_is_the_same_address(database: Database) -> None:
    ann, _ = await sign_up(database)
    await confirm(database, ann, await last_secret(database))
    me = await profiles.change_profile(database, ann, ProfileChanges(email="Ann@Example.com"))
    assert (me.email, me.email_confirmed) == ("Ann@Example.com", True)
    assert await mailed(database) == []


async def test_an_address_that_an_administrator_gives_is_believed_and_the_old_one_hears_of_it(
    database: Database,
) -> None:
    root = await administrator(database)
    ann, _ = await sign_up(database)
    await confirm(database, ann, await last_secret(database))
    person = await people.change_person(database, root, ann.person_id, PersonChanges(email="ann@elsewhere.example"))
    assert person.email_confirmed
    assert [(link.purpose, link.email) for link in await mailed(database)] == [("email_changed", "ann@example.com")]
    ben, _ = await sign_up(database, "ben@example.com", "Ben")
    person = await people.change_person(database, root, ben.person_id, PersonChanges(name="Benjamin"))
    assert not person.email_confirmed, "nobody has spoken of the address"


async def test_who_is_disabled_confirms_nothing(database: Database) -> None:
    root = await administrator(database)
    ann, _ = await sign_up(database)
    secret = await last_secret(database)
    await people.change_person(database, root, ann.person_id, PersonChanges(disabled=True))
    assert await refused(database, ann, secret) == {"secret": "link_ended"}


async def test_changes_of_the_address_and_tries_of_secrets_are_limited(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email_changes, "ADDRESSES", 1)
    monkeypatch.setattr(email_confirmation, "CONFIRMATIONS", 1)
    ann, _ = await sign_up(database)
    given = ProfileChanges(email="ann@elsewhere.example", password=PASSWORD)
    await profiles.change_profile(database, ann, given)
    with pytest.raises(TooMany):
        await profiles.change_profile(database, ann, given)
    await profiles.change_profile(database, ann, ProfileChanges(name="Ann Lee"))
    await refused(database, ann, "guess")
    with pytest.raises(TooMany):
        await confirm(database, ann, "guess")
