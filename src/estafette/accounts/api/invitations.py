"""Invitations: who is invited to a partner, to work here or to administrate, and where the mailed links lead."""

from uuid import UUID

from estafette.accounts.actions import (
    accepting_invitations,
    invitations,
    inviting_employees,
    registering_invited,
)
from estafette.accounts.actions.invitations import CarriesMail
from estafette.accounts.api.given import SessionCookies, Words, entered
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import (
    AdministratorInvitation,
    EmployeeInvitations,
    InvitationSecret,
    InvitedRegistration,
)
from estafette.accounts.models.invitations import (
    AcceptedInvitation,
    HandedInvitation,
    Invitation,
    InvitationReport,
    Invitations,
    ShownInvitation,
)
from estafette.accounts.models.people import Me, SignedIn
from estafette.base.database import Database
from estafette.base.languages import Language
from estafette.base.settings import Settings
from estafette.http import Answer, Cursor, Limit, delete, get, post

TAGS = ["Invitations"]


@get("/partners/{partner_id}/invitations", tags=TAGS, summary="Who is invited", operation_id="listInvitations")
async def list_invitations(
    database: Database, signed_in: SignedIn, partner_id: UUID, carries_mail: CarriesMail
) -> Invitations:
    """For owners and administrators: those that nobody has accepted yet. They hold for seven days."""
    return await invitations.list_invitations(database, signed_in, partner_id, carries_mail)


@delete(
    "/partners/{partner_id}/invitations/{invitation_id}",
    tags=TAGS,
    summary="Withdraw an invitation",
    operation_id="withdrawInvitation",
)
async def withdraw_invitation(database: Database, signed_in: SignedIn, partner_id: UUID, invitation_id: UUID) -> None:
    """For owners and administrators: the mailed link leads nowhere any more."""
    await invitations.withdraw_invitation(database, signed_in, partner_id, invitation_id)


@post(
    "/partners/{partner_id}/invitations/{invitation_id}/links",
    tags=TAGS,
    summary="Link of an invitation, to hand over",
    operation_id="handOverInvitation",
    credentials=True,
)
async def hand_over_invitation(
    database: Database, settings: Settings, signed_in: SignedIn, partner_id: UUID, invitation_id: UUID
) -> HandedInvitation:
    """For owners and administrators, with a session: a link to send by hand. It is shown once, and an earlier one ends.

    It does not confirm the address, as the mailed one does, which goes on to hold.
    """
    return await invitations.hand_over_invitation(database, signed_in, partner_id, invitation_id, settings.origin)


@get(
    "/invitations",
    tags=TAGS,
    summary="Who is to work here or to administrate",
    operation_id="listOrganisationInvitations",
)
async def list_organisation_invitations(
    database: Database,
    signed_in: SignedIn,
    carries_mail: CarriesMail,
    q: Words = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Invitations:
    """For administrators: who was invited and has not accepted yet, newest first; with `q` those whom it names."""
    return await invitations.list_organisation_invitations(database, signed_in, q, cursor, limit, carries_mail)


@post("/invitations", tags=TAGS, summary="Invite an administrator", operation_id="inviteAdministrator")
async def invite_administrator(database: Database, signed_in: SignedIn, data: AdministratorInvitation) -> Invitation:
    """For administrators: whoever follows the mailed link, signed in with that address, becomes one."""
    return await invitations.invite_administrator(database, signed_in, data)


@post("/invitations/employees", status=200, tags=TAGS, summary="Invite employees", operation_id="inviteEmployees")
async def invite_employees(
    database: Database, signed_in: SignedIn, carries_mail: CarriesMail, data: EmployeeInvitations
) -> InvitationReport:
    """For administrators: up to 500 addresses as they are pasted, `a@b` or `Name <a@b>`, with commas or lines between.

    Who has an account with a confirmed address becomes an employee at once; others are mailed a link. A wrong line is
    named, and then nothing is done.
    """
    return await inviting_employees.invite_employees(database, signed_in, data, carries_mail)


@delete(
    "/invitations/{invitation_id}",
    tags=TAGS,
    summary="Withdraw an invitation to work here or to administrate",
    operation_id="withdrawOrganisationInvitation",
)
async def withdraw_organisation_invitation(database: Database, signed_in: SignedIn, invitation_id: UUID) -> None:
    """For administrators: the mailed link leads nowhere any more."""
    await invitations.withdraw_invitation(database, signed_in, None, invitation_id)


@post(
    "/invitations/{invitation_id}/links",
    tags=TAGS,
    summary="Link of an invitation to work here or to administrate",
    operation_id="handOverOrganisationInvitation",
    credentials=True,
)
async def hand_over_organisation_invitation(
    database: Database, settings: Settings, signed_in: SignedIn, invitation_id: UUID
) -> HandedInvitation:
    """For administrators, with a session: a link to send by hand. It is shown once, and an earlier one ends."""
    return await invitations.hand_over_invitation(database, signed_in, None, invitation_id, settings.origin)


@post(
    "/invitations/lookups",
    status=200,
    tags=TAGS,
    summary="Look at an invitation",
    operation_id="lookUpInvitation",
)
async def look_up_invitation(database: Database, device: Device, data: InvitationSecret) -> ShownInvitation:
    """Needs the secret that the mailed link ends with, and no sign-in: says what it invites to."""
    return await accepting_invitations.show_invitation(database, data, device)


@post(
    "/invitations/acceptances",
    status=200,
    tags=TAGS,
    summary="Accept an invitation",
    operation_id="acceptInvitation",
)
async def accept_invitation(
    database: Database, signed_in: SignedIn, device: Device, data: InvitationSecret
) -> AcceptedInvitation:
    """Needs the secret, and to be signed in with the invited address, which is confirmed by it."""
    return await accepting_invitations.accept_invitation(database, signed_in, data, device)


@post(
    "/invitations/registrations",
    tags=TAGS,
    summary="Sign up by an invitation",
    operation_id="registerInvited",
    credentials=True,
)
async def register_invited(
    database: Database, cookies: SessionCookies, device: Device, language: Language, data: InvitedRegistration
) -> Answer[Me]:
    """Needs the secret of the link, where nobody has a password for the address yet. Accepts, and sets the cookie."""
    return entered(await registering_invited.register_invited(database, data, device, language), cookies)
