"""Who of a partner is told of what."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from estafette.accounts import Card, MemberRole
from estafette.notifications.models.notices import OutgoingChannel

AudienceKind = Literal["message", "contact_request"]
Mode = Literal["everyone", "owners", "chosen"]
AudienceWarning = Literal["nobody_told", "no_mail_gateway", "no_channel"]


class Audience(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which members are told of a kind; `people` are the chosen ones."""

    kind: AudienceKind
    mode: Mode
    people: list[UUID] = []


class AudiencesPut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The audiences from now on; a kind that is not mentioned stays."""

    audiences: list[Audience]


class AudienceMember(Struct, frozen=True, kw_only=True):
    """A member, of what they are told, and by which channels contact requests can reach them outside the app."""

    person: Card
    role: MemberRole
    notified_of: list[AudienceKind]
    reach: list[OutgoingChannel]


class PartnerAudience(Struct, frozen=True, kw_only=True):
    """Who of a partner is told of what; `warning` says why a contact request would reach nobody outside the app."""

    audiences: list[Audience]
    members: list[AudienceMember]
    warning: AudienceWarning | None
