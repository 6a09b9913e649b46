"""Invitations to act for a partner, to work here or to administrate; they hold for who signs in with the address."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts.models.people import Card
from estafette.base.languages import Language

InvitedRole = Literal["owner", "member", "administrator", "employee"]
OrganisationRole = Literal["administrator", "employee"]
"""What one is on the whole server, and not with a partner."""
Reached = Literal["invited", "joined", "present", "deactivated", "service", "mailed_often"]
"""What became of an address that was to be an employee's: they joined at once, or were one already, or …"""


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation that nobody has accepted yet; `mailed_at` is null as long as no mail could be written."""

    id: UUID
    email: str
    role: InvitedRole
    created_at: datetime
    expires_at: datetime
    mailed_at: datetime | None
    name: str | None = None


class Invitations(msgspec.Struct, frozen=True, kw_only=True):
    """The invitations that wait, newest first; without `carries_mail` no gateway takes e-mail now."""

    items: list[Invitation]
    carries_mail: bool
    next: str | None = None


class OpenInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation as found by its secret."""

    id: UUID
    partner_id: UUID | None
    partner: Card | None
    role: InvitedRole
    email: str
    email_key: str
    name: str | None
    has_account: bool
    was_mailed: bool  # who has the secret reads the mail of the address


class HandedInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """The link of an invitation, to be handed over by who invites; it is shown once."""

    link: str


class ShownInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """What the mailed link leads to; `partner` is null for an invitation to work here or to administrate.

    Without an account the link lets in who says a name and a password.
    """

    partner: Card | None
    role: InvitedRole
    email: str
    name: str | None
    has_account: bool


class AcceptedInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """As what one acts from now on, and for whom; null for the organisation and its administration."""

    partner: Card | None
    role: InvitedRole


class IssuedInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """All that the mail needs; `secret` is known only now."""

    email: str
    role: InvitedRole
    inviter: str
    partner: str | None
    language: Language
    time_zone: str
    expires_at: datetime
    secret: str


class InvitedAddress(msgspec.Struct, frozen=True, kw_only=True):
    """An address as it was handed in, with the name that stood beside it."""

    email: str
    name: str | None = None


class ReachedAddress(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one address."""

    email: str
    name: str | None
    outcome: Reached


class InvitationReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, for each address in the order in which they were handed in."""

    items: list[ReachedAddress]
    carries_mail: bool
