"""Adverts: what a partner offers, and what people leave contact requests about."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType


class AdvertCard(Struct, frozen=True, kw_only=True):
    """The little of an advert that a contact request shows; `picture` is a file id."""

    id: UUID
    reference: str
    title: str
    link: str | None
    picture: UUID | None


class Advert(AdvertCard, frozen=True, kw_only=True):
    """An advert; only members and administrators see how many requests there are about it."""

    partner_id: UUID
    active: bool
    created_at: datetime
    requests: int | UnsetType = UNSET


class Adverts(Struct, frozen=True, kw_only=True):
    """A page of adverts, newest first; `next` is the cursor of the page after it."""

    items: list[Advert]
    next: str | None = None


class NewAdvert(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new advert; `reference` is what the partner calls it itself, its id when nothing is given."""

    title: str
    reference: str | None = None
    link: str | None = None
    picture: UUID | None = None
    active: bool = True


class AdvertChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about an advert; what is not mentioned stays. Nobody asks about one that is not active."""

    title: str | UnsetType = UNSET
    reference: str | UnsetType = UNSET
    link: str | UnsetType | None = UNSET
    picture: UUID | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET


class AdvertRow(Struct, frozen=True, kw_only=True):
    """An advert as it is stored."""

    id: UUID
    partner_id: UUID
    reference: str
    title: str
    link: str | None
    picture: UUID | None
    requests: int
    created_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: UUID | None

    def shown(self, *, inside: bool) -> Advert:
        """As visitors see it, or `inside` as the partner does."""
        return Advert(
            id=self.id,
            partner_id=self.partner_id,
            reference=self.reference,
            title=self.title,
            link=self.link,
            picture=self.picture,
            active=self.withdrawn_at is None,
            created_at=self.created_at,
            requests=self.requests if inside else UNSET,
        )
