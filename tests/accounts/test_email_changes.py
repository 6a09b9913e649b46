"""Another address: it wants the password, waits for the new mailbox, and the old one can stop it or take it back."""

import pytest

from estafette import accounts
from estafette.accounts import IssuedLink, SignedIn
from estafette.accounts.actions import (
    changing_passwords,
    email_changes,
    email_confirmation,
    members,
    people,
    profiles,
    registration,
    sessions,
    tokens,
)
from estafette.accounts.errors import SessionNeeded, WrongCredentials
from estafette.accounts.models.inputs import (
    EmailConfirmation,
    EmailReversal,
    MemberPut,
    NewPerson,
    PasswordChange,
    PersonChanges,
    ProfileChanges,
    TokenRequest,
)
from estafette.base.database import Database
from estafette.base.errors import Invalid, NotFound, TooMany
from estafette.base.ids import new_id
from tests.accounts.mails import mailed
from tests.accounts.people import LAPTOP, PASSWORD, administrator, by_new_token, codes, sign_in, sign_up

OLD, NEW = "ann@example.com", "ann@elsewhere.example"


async def ask(database: Database, ann: SignedIn, email: str = NEW, password: str = PASSWORD) -> list[IssuedLink]:
    """Asks for another address, and gives the mails that are written."""
    await mailed(database)
    await profiles.change_profile(database, ann, ProfileChanges(email=email, password=password))
    return await mailed(database)


async def confirm(database: Database, ann: SignedIn, link: IssuedLink) -> list[IssuedLink]:
    await email_confirmation.confirm_email(database, ann, EmailConfirmation(secret=link.secret or ""), LAPTOP)
    return await mailed(database)


async def take_back(database: Database, link: IssuedLink) -> list[IssuedLink]:
    await email_changes.take_back(database, EmailReversal(secret=link.secret or ""), LAPTOP)
    return await mailed(database)


async def test_the_old_address_stays_in_force_until_the_new_one_is_confirmed(database: Database) -> None:
    ann, _ = await sign_up(database, confirmed=True)
    stop, link = await ask(database, ann)
    assert (stop.purpose, stop.email, link.purpose, link.email) == ("email_change_stop", OLD, "email_change", NEW)
    me = await profiles.me(database, ann)
    assert (me.email, me.email_confirmed, me.pending_email) == (OLD, True, NEW)
    with pytest.raises(WrongCredentials):
        await sign_in(database, NEW)
    (undo,) = await confirm(database, ann, link)
    assert (undo.purpose, undo.email) == ("email_change_undo", OLD)
    me = await profiles.me(database, ann)
    assert (me.email, me.email_confirmed, me.pending_email) == (NEW, True, None)
    assert await confirm(database, ann, link) == [], "the same link again changes nothing"


@pytest.mark.parametrize(("password", "wrong"), [("", "required"), ("a wild guess", "wrong_password")])
async def test_it_wants_the_password(database: Database, password: str, wrong: str) -> None:
    ann, _ = await sign_up(database, confirmed=True)
    with pytest.raises(Invalid) as problem:
        await ask(database, ann, password=password)
    assert codes(problem.value) == {"password": wrong}
    assert (await profiles.me(database, ann)).pending_email is None
    assert await mailed(database) == []


async def test_passwords_are_not_found_out_this_way(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing_passwords, "ATTEMPTS", 1)
    ann, _ = await sign_up(database)
    with pytest.raises(Invalid):
        await ask(database, ann, password="a wild guess")
    with pytest.raises(TooMany):
        await ask(database, ann)


async def test_the_old_mailbox_stops_the_change_and_puts_everybody_out(database: Database) -> None:
    ann, cookie = await sign_up(database, confirmed=True)
    token = await accounts.create_token(database, ann.person_id, "script")
    stop, link = await ask(database, ann)
    (reset,) = await take_back(database, stop)
    assert (reset.purpose, reset.email) == ("password_reset", OLD)
    assert await accounts.by_session(database, cookie) is None
    assert await accounts.by_token(database, token) is None
    with pytest.raises(WrongCredentials):
        await sign_in(database)
    with pytest.raises(Invalid) as problem:
        await confirm(database, ann, link)
    assert codes(problem.value) == {"secret": "link_ended"}


async def test_the_old_mailbox_takes_back_a_change_that_is_done(database: Database) -> None:
    ann, cookie = await sign_up(database, confirmed=True)
    stop, link = await ask(database, ann)
    (undo,) = await confirm(database, ann, link)
    third = (await ask(database, ann, "thief@third.example"))[-1]
    (thiefs,) = await confirm(database, ann, third)
    notice, reset = await take_back(database, undo)
    assert (notice.purpose, notice.email, notice.secret) == ("email_changed", "thief@third.example", None)
    assert (reset.purpose, reset.email) == ("password_reset", OLD)
    assert await accounts.by_session(database, cookie) is None
    person = await accounts.find_by_email(database, OLD)
    assert person is not None
    assert (person.id, person.email_confirmed) == (ann.person_id, True)
    for ended in (undo, thiefs, stop):
        with pytest.raises(Invalid) as problem:
            await take_back(database, ended)
        assert codes(problem.value) == {"secret": "link_ended"}


async def test_another_password_ends_a_change_that_the_old_one_began(database: Database) -> None:
    ann, _ = await sign_up(database, confirmed=True)
    link = (await ask(database, ann))[-1]
    given = PasswordChange(current=PASSWORD, new="another password", end_sessions=False)
    await changing_passwords.change_password(database, ann, given)
    with pytest.raises(Invalid):
        await confirm(database, ann, link)
    assert (await profiles.me(database, ann)).pending_email is None


async def test_a_stranger_whose_address_was_mistyped_is_told_without_a_link(database: Database) -> None:
    ann, _ = await sign_up(database, "amn@example.com")
    (link,) = await ask(database, ann, OLD)
    (notice,) = await confirm(database, ann, link)
    assert (notice.purpose, notice.email, notice.secret) == ("email_changed", "amn@example.com", None)


async def test_of_two_new_addresses_the_last_one_holds_and_it_can_be_forgotten(database: Database) -> None:
    ann, _ = await sign_up(database, confirmed=True)
    first = (await ask(database, ann))[-1]
    second = (await ask(database, ann, "ann@third.example"))[-1]
    await email_confirmation.request_confirmation(database, ann)
    (again,) = await mailed(database)
    assert (again.purpose, again.email) == ("email_change", "ann@third.example")
    await email_changes.cancel_change(database, ann)
    for ended in (first, second, again):
        with pytest.raises(Invalid):
            await confirm(database, ann, ended)
    with pytest.raises(NotFound):
        await email_changes.cancel_change(database, ann)


async def test_an_address_that_was_taken_meanwhile_stays_with_who_has_it(database: Database) -> None:
    ann, _ = await sign_up(database, confirmed=True)
    link = (await ask(database, ann))[-1]
    await sign_up(database, NEW, "Another Ann")
    with pytest.raises(Invalid) as problem:
        await confirm(database, ann, link)
    assert codes(problem.value) == {"secret": "email_taken"}
    assert (await profiles.me(database, ann)).email == OLD


async def test_a_stolen_token_does_not_take_the_account(database: Database) -> None:
    root = await administrator(database)
    ann, _ = await sign_up(database, confirmed=True)
    robot = await by_new_token(database, root, "read", "write", "admin")
    chateau = (await accounts.make_partner(database, "Château")).id
    await accounts.add_member(database, chateau, ann.person_id, "owner")
    token = TokenRequest(name="mine", scopes=["read"])
    change = PasswordChange(current=PASSWORD, new="another password")
    moves = ProfileChanges(email=NEW, password=PASSWORD)
    for person in (PersonChanges(email=NEW), PersonChanges(password=PASSWORD), PersonChanges(roles=["administrator"])):
        with pytest.raises(SessionNeeded):
            await people.change_person(database, robot, ann.person_id, person)
    for refused in (
        profiles.change_profile(database, robot, moves),
        changing_passwords.change_password(database, robot, change),
        tokens.create_own_token(database, robot, token),
        tokens.create_service_token(database, robot, ann.person_id, token),
        tokens.revoke_token(database, robot, new_id()),
        tokens.revoke_token_of(database, robot, ann.person_id, new_id()),
        sessions.end_session(database, robot, root.session_id or new_id()),
        sessions.end_other_sessions(database, robot),
        registration.create_person(
            database, robot, NewPerson(name="Eve", email="eve@example.com", roles=["administrator"])
        ),
        members.put_member(database, robot, chateau, MemberPut(email=OLD, role="owner")),
        members.remove_member(database, robot, chateau, ann.person_id),
    ):
        with pytest.raises(SessionNeeded):
            await refused
    assert robot.token_id is not None
    await tokens.revoke_token(database, robot, robot.token_id)
