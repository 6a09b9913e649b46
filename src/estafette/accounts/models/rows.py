"""What the store keeps of people and partners beyond what is shown."""

from datetime import datetime
from uuid import UUID

import msgspec

from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.models.people import Me, Membership, Person, Role
from estafette.base.languages import Language


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a person, the password's hash included: never leaves accounts."""

    id: UUID
    name: str
    email: str
    email_confirmed_at: datetime | None
    phone: str | None
    language: Language
    time_zone: str
    picture: UUID | None
    password_hash: str | None
    created_at: datetime
    last_seen_at: datetime | None
    disabled_at: datetime | None
    roles: list[Role]
    partners: list[Membership]
    pending_email: str | None = None

    def as_me(self) -> Me:
        """As shown to the person."""
        return Me(
            id=self.id,
            name=self.name,
            email=self.email,
            email_confirmed=self.email_confirmed_at is not None,
            pending_email=self.pending_email,
            phone=self.phone,
            language=self.language,
            time_zone=self.time_zone,
            picture=self.picture,
            roles=self.roles,
            partners=self.partners,
            has_password=self.password_hash is not None,
        )

    def as_person(self) -> Person:
        """As shown to administrators."""
        return Person(
            id=self.id,
            name=self.name,
            email=self.email,
            email_confirmed=self.email_confirmed_at is not None,
            phone=self.phone,
            language=self.language,
            picture=self.picture,
            roles=self.roles,
            partners=self.partners,
            created_at=self.created_at,
            last_seen_at=self.last_seen_at,
            disabled_at=self.disabled_at,
        )


class PartnerRow(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a partner as it is stored."""

    id: UUID
    name: str
    tagline: str
    description: str
    picture: UUID | None
    cover: UUID | None
    city: str | None
    website: str | None
    time_zone: str
    opening_hours: list[OpeningSpan]
    confirmation_texts: dict[Language, str]  # only those that the partner wrote itself
