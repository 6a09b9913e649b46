"""Invitations to act for a partner or to administrate; they hold for whoever signs in with the address."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts.models.people import Card
from estafette.base.languages import Language

InvitedRole = Literal["owner", "member", "administrator"]


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation that nobody has accepted yet; `mailed_at` is null as long as no mail could be written."""

    id: UUID
    email: str
    role: InvitedRole
    created_at: datetime
    expires_at: datetime
    mailed_at: datetime | None


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
    has_account: bool
    was_mailed: bool  # who has the secret reads the mail of the address


class HandedInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """The link of an invitation, to be handed over by who invites; it is shown once."""

    link: str


class ShownInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """What the mailed link leads to; `partner` is null for an invitation to administrate."""

    partner: Card | None
    role: InvitedRole
    email: str
    has_account: bool


class AcceptedInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """As what one acts from now on, and for whom; null for the administration."""

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
