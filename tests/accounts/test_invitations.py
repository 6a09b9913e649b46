"""A membership begins with a proved address: an invitation is mailed, and following its link proves it."""

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec import structs

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.accounts.actions import (
    accepting_invitations,
    invitations,
    members,
    partners,
    people,
    profiles,
    registering_invited,
)
from estafette.accounts.errors import InvitationForAnotherAddress, SessionNeeded
from estafette.accounts.models.inputs import (
    AdministratorInvitation,
    InvitationSecret,
    InvitedRegistration,
    MemberPut,
    NewPartner,
    PersonChanges,
)
from estafette.accounts.models.invitations import AcceptedInvitation, Invitation, ShownInvitation
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid, NotFound, TooMany
from tests.accounts.mails import invited, told
from tests.accounts.people import LAPTOP, PASSWORD, administrator, codes, seen, sign_up

NEWHIRE = "newhire@chateau.example"


async def owner_of_chateau(database: Database) -> tuple[SignedIn, UUID]:
    """Claire, and her château."""
    claire, cookie = await sign_up(database, "claire@example.com", "Claire", confirmed=True)
    chateau = (await accounts.make_partner(database, "Château")).id
    await accounts.add_member(database, chateau, claire.person_id, "owner")
    return await seen(database, cookie), chateau


async def invite(database: Database, owner: SignedIn, partner: UUID, email: str = NEWHIRE) -> Invitation:
    put = await members.put_member(database, owner, partner, MemberPut(email=email, role="member"))
    assert isinstance(put, Invitation)
    return put


async def shown(database: Database, secret: str) -> ShownInvitation:
    return await accepting_invitations.show_invitation(database, InvitationSecret(secret=secret), LAPTOP)


async def accept(database: Database, who: SignedIn, secret: str) -> AcceptedInvitation:
    return await accepting_invitations.accept_invitation(database, who, InvitationSecret(secret=secret), LAPTOP)


async def ended(database: Database, who: SignedIn, secret: str) -> bool:
    with pytest.raises(Invalid) as problem:
        await accept(database, who, secret)
    return codes(problem.value) == {"secret": "link_ended"}


async def waiting(database: Database, who: SignedIn, partner: UUID) -> list[str]:
    async def carries_mail() -> bool:
        return True

    return [each.email for each in (await invitations.list_invitations(database, who, partner, carries_mail)).items]


async def test_a_stranger_who_signed_up_with_the_address_of_a_newcomer_reads_nothing(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    stranger, cookie = await sign_up(database, NEWHIRE, "Newhire")
    await invite(database, claire, chateau)
    assert (await seen(database, cookie)).parties == {stranger.person_id}
    (letter,) = await invited(database)
    assert (letter.email, letter.partner, letter.inviter) == (NEWHIRE, "Château", "Claire")


async def test_following_the_link_confirms_the_address_and_makes_the_membership(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    await invite(database, claire, chateau)
    assert await waiting(database, claire, chateau) == [NEWHIRE]
    (letter,) = await invited(database)
    shown_before = await shown(database, letter.secret)
    assert (shown_before.email, shown_before.role, shown_before.has_account) == (NEWHIRE, "member", False)
    hugo, cookie = await sign_up(database, "NewHire@Chateau.example", "Hugo")
    assert (await shown(database, letter.secret)).has_account
    accepted = await accept(database, hugo, letter.secret)
    assert accepted.partner is not None
    assert accepted.partner.name == "Château"
    hugo = await seen(database, cookie)
    assert hugo.partners == {chateau: "member"}
    assert (await profiles.me(database, hugo)).email_confirmed
    assert await told(database, hugo.person_id, "joined_partner") == 1
    assert await waiting(database, claire, chateau) == []
    assert await ended(database, hugo, letter.secret), "it was for once"


async def handed(database: Database, owner: SignedIn, partner: UUID, invitation: Invitation) -> str:
    """The secret of the link that the owner copies."""
    shown = await invitations.hand_over_invitation(database, owner, partner, invitation.id, "https://chat.example")
    origin, _, secret = shown.link.partition("/invitation/")
    assert origin == "https://chat.example"
    return secret


async def test_a_link_that_is_handed_over_lets_in_once_and_proves_no_address(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    invitation = await invite(database, claire, chateau)
    secret = await handed(database, claire, chateau, invitation)
    assert not await database.fetchval("SELECT handed_hash = $1 FROM invitations", secret.encode())
    assert (await shown(database, secret)).email == NEWHIRE
    ann, _ = await sign_up(database, confirmed=True)
    with pytest.raises(InvitationForAnotherAddress, match=NEWHIRE):
        await accept(database, ann, secret)
    hugo, cookie = await sign_up(database, NEWHIRE, "Hugo")
    await accept(database, hugo, secret)
    hugo = await seen(database, cookie)
    assert hugo.partners == {chateau: "member"}
    assert not (await profiles.me(database, hugo)).email_confirmed
    assert await ended(database, hugo, secret), "it was for once"


async def test_a_link_that_is_handed_over_opens_no_account_that_waits_for_a_password(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    invitation = await invite(database, claire, chateau)
    secret = await handed(database, claire, chateau, invitation)
    (letter,) = await invited(database)
    hugo = await accounts.add_person(database, NEWHIRE, "Hugo", ("employee",))
    assert (await shown(database, secret)).has_account
    given = InvitedRegistration(secret=secret, name="Somebody", password=PASSWORD)
    with pytest.raises(Invalid) as problem:
        await registering_invited.register_invited(database, given, LAPTOP)
    assert codes(problem.value) == {"email": "email_taken"}
    # The mailed one proves whose mailbox it is.
    given = InvitedRegistration(secret=letter.secret, name="Hugo", password=PASSWORD)
    assert (await registering_invited.register_invited(database, given, LAPTOP)).me.id == hugo.id


async def test_a_new_link_ends_the_one_before_and_leaves_the_mailed_one(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    hugo, _ = await sign_up(database, NEWHIRE, "Hugo")
    invitation = await invite(database, claire, chateau)
    (letter,) = await invited(database)
    first, second = [await handed(database, claire, chateau, invitation) for _ in range(2)]
    assert await ended(database, hugo, first)
    assert (await shown(database, second)).email == (await shown(database, letter.secret)).email == NEWHIRE
    again = await invite(database, claire, chateau)
    assert await ended(database, hugo, second), "it was renewed"
    third = await handed(database, claire, chateau, again)
    database.clock.move(timedelta(days=7, seconds=1))
    assert await ended(database, hugo, third)
    with pytest.raises(NotFound):
        await handed(database, claire, chateau, again)


async def test_only_owners_with_a_session_hand_over_links_of_their_own_partner(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    claire, chateau = await owner_of_chateau(database)
    invitation = await invite(database, claire, chateau)
    ann, _ = await sign_up(database, confirmed=True)
    with pytest.raises(NotFound):
        await handed(database, ann, chateau, invitation)
    with pytest.raises(SessionNeeded):
        await handed(database, structs.replace(claire, session_id=None), chateau, invitation)
    other = (await accounts.make_partner(database, "Moulin")).id
    await accounts.add_member(database, other, ann.person_id, "owner")
    with pytest.raises(NotFound):
        await handed(database, structs.replace(ann, partners={other: "owner"}), other, invitation)
    monkeypatch.setattr(invitations, "LINKS", 1)
    await handed(database, claire, chateau, invitation)
    with pytest.raises(TooMany):
        await handed(database, claire, chateau, invitation)


async def test_the_mail_is_in_the_chosen_language_unless_the_guest_has_one(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    given = MemberPut(email=NEWHIRE, role="member", language="pt")
    await members.put_member(database, claire, chateau, given)
    (letter,) = await invited(database)
    assert letter.language == "pt"
    await sign_up(database, NEWHIRE, "Hugo")
    await members.put_member(database, claire, chateau, given)
    (letter,) = await invited(database)
    assert letter.language == "en"


async def test_only_who_is_signed_in_with_the_address_accepts(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    ann, _ = await sign_up(database, confirmed=True)
    await invite(database, claire, chateau)
    (letter,) = await invited(database)
    with pytest.raises(InvitationForAnotherAddress, match=NEWHIRE):
        await accept(database, ann, letter.secret)


async def test_an_invitation_ends_after_seven_days_or_when_a_newer_one_is_mailed(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    hugo, _ = await sign_up(database, NEWHIRE, "Hugo")
    await invite(database, claire, chateau)
    (first,) = await invited(database)
    await invite(database, claire, chateau)
    (second,) = await invited(database)
    assert await waiting(database, claire, chateau) == [NEWHIRE], "it is one invitation"
    assert await ended(database, hugo, first.secret)
    database.clock.move(timedelta(days=7, seconds=1))
    assert await ended(database, hugo, second.secret)
    assert await waiting(database, claire, chateau) == []
    await accounts.forget_ended_invitations(database)
    assert await database.fetchval("SELECT count(*) FROM invitations") == 0


async def test_what_is_withdrawn_is_worth_nothing_mailed_or_not(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    hugo, _ = await sign_up(database, NEWHIRE, "Hugo")
    invitation = await invite(database, claire, chateau)
    (letter,) = await invited(database)
    await invitations.withdraw_invitation(database, claire, chateau, invitation.id)
    assert await ended(database, hugo, letter.secret)
    with pytest.raises(NotFound):
        await invitations.withdraw_invitation(database, claire, chateau, invitation.id)
    unmailed = await invite(database, claire, chateau)
    await invitations.withdraw_invitation(database, claire, chateau, unmailed.id)
    assert await invited(database) == []


async def test_an_invitation_ends_with_the_right_of_who_sent_it(database: Database) -> None:
    root = await administrator(database)
    claire, chateau = await owner_of_chateau(database)
    denis, _ = await sign_up(database, "denis@example.com", "Denis", confirmed=True)
    await accounts.add_member(database, chateau, denis.person_id, "owner")
    hugo, _ = await sign_up(database, NEWHIRE, "Hugo")
    await invite(database, claire, chateau)
    (letter,) = await invited(database)
    await members.remove_member(database, root, chateau, claire.person_id)
    assert await ended(database, hugo, letter.secret)
    assert await waiting(database, root, chateau) == []


async def test_who_is_removed_does_not_come_back_by_an_invitation_to_be_more(database: Database) -> None:
    claire, chateau = await owner_of_chateau(database)
    denis, cookie = await sign_up(database, "denis@example.com", "Denis")
    await accounts.add_member(database, chateau, denis.person_id)
    put = await members.put_member(database, claire, chateau, MemberPut(email="denis@example.com", role="owner"))
    assert isinstance(put, Invitation), "ownership wants a proved address, too"
    (letter,) = await invited(database)
    await members.remove_member(database, claire, chateau, denis.person_id)
    assert await ended(database, await seen(database, cookie), letter.secret)


async def test_the_owner_of_a_new_partner_is_invited_when_the_address_is_not_proved(database: Database) -> None:
    root = await administrator(database)
    stranger, cookie = await sign_up(database, NEWHIRE, "Stranger")
    partner = await partners.open_partner(database, root, NewPartner(name="Moulin", owner_email=NEWHIRE))
    assert (await seen(database, cookie)).partners == {}
    assert await waiting(database, root, partner.id) == [NEWHIRE]
    (letter,) = await invited(database)
    await accept(database, stranger, letter.secret)
    assert (await seen(database, cookie)).partners == {partner.id: "owner"}


async def test_whose_address_is_not_proved_administrates_once_the_link_was_followed(database: Database) -> None:
    root = await administrator(database)
    fay, cookie = await sign_up(database, "fay@example.com", "Fay")
    changed = await people.change_person(
        database, root, fay.person_id, PersonChanges(roles=["customer", "administrator"])
    )
    assert changed.roles == ["customer"]
    assert not (await seen(database, cookie)).administrates
    (letter,) = await invited(database)
    assert (letter.role, letter.partner) == ("administrator", None)
    assert (await accept(database, fay, letter.secret)).role == "administrator"
    assert (await seen(database, cookie)).administrates


async def test_an_invitation_to_administrate_is_withdrawn_with_the_role(database: Database) -> None:
    root = await administrator(database)
    fay, _ = await sign_up(database, "fay@example.com", "Fay")
    await people.change_person(database, root, fay.person_id, PersonChanges(roles=["administrator"]))
    (letter,) = await invited(database)
    await people.change_person(database, root, fay.person_id, PersonChanges(roles=["customer"]))
    assert await ended(database, fay, letter.secret)
    made = await invitations.invite_administrator(database, root, AdministratorInvitation(email=NEWHIRE))
    with pytest.raises(Forbidden):
        await invitations.withdraw_invitation(database, fay, None, made.id)
    await invitations.withdraw_invitation(database, root, None, made.id)
    assert await invited(database) == []


async def test_no_mailbox_is_filled_with_invitations(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MAILS", 1)
    monkeypatch.setattr(invitations, "WAITING", 2)
    claire, chateau = await owner_of_chateau(database)
    for number in range(2):
        await invite(database, claire, chateau, f"guest{number}@example.com")
    with pytest.raises(TooMany):
        await invite(database, claire, chateau, "GUEST1@example.com")
    with pytest.raises(Invalid) as problem:
        await invite(database, claire, chateau, "guest2@example.com")
    assert codes(problem.value) == {"email": "too_many"}


async def test_guesses_of_secrets_are_limited_and_no_secret_is_stored(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting_invitations, "STEPS", 1)
    claire, chateau = await owner_of_chateau(database)
    await invite(database, claire, chateau)
    (letter,) = await invited(database)
    stored = await database.fetchval("SELECT invitations::text FROM invitations")
    assert letter.secret not in stored
    assert await ended(database, claire, "guess")
    with pytest.raises(TooMany):
        await shown(database, letter.secret)
