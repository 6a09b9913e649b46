"""Invitations: who is invited to a partner or to administrate, and where the mailed links lead."""

from uuid import UUID

from estafette.accounts.actions import accepting_invitations, invitations
from estafette.accounts.actions.invitations import CarriesMail
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import AdministratorInvitation, InvitationSecret
from estafette.accounts.models.invitations import (
    AcceptedInvitation,
    HandedInvitation,
    Invitation,
    Invitations,
    ShownInvitation,
)
from estafette.accounts.models.people import SignedIn
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.http import delete, get, post

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


@get("/invitations", tags=TAGS, summary="Who is to administrate", operation_id="listAdministratorInvitations")
async def list_administrator_invitations(
    database: Database, signed_in: SignedIn, carries_mail: CarriesMail
) -> Invitations:
    """For administrators: who was invited to be one and has not accepted yet."""
    return await invitations.list_administrator_invitations(database, signed_in, carries_mail)


@post("/invitations", tags=TAGS, summary="Invite an administrator", operation_id="inviteAdministrator")
async def invite_administrator(database: Database, signed_in: SignedIn, data: AdministratorInvitation) -> Invitation:
    """For administrators: whoever follows the mailed link, signed in with that address, becomes one."""
    return await invitations.invite_administrator(database, signed_in, data)


@delete(
    "/invitations/{invitation_id}",
    tags=TAGS,
    summary="Withdraw an invitation to administrate",
    operation_id="withdrawAdministratorInvitation",
)
async def withdraw_administrator_invitation(database: Database, signed_in: SignedIn, invitation_id: UUID) -> None:
    """For administrators: the mailed link leads nowhere any more."""
    await invitations.withdraw_invitation(database, signed_in, None, invitation_id)


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
