"""The contact list of an employee: colleagues kept at hand, favourites first, in an order of one's own."""

from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from estafette.accounts.models.colleagues import Colleague


class ListedContact(Struct, frozen=True, kw_only=True):
    """A colleague of a contact list."""

    person: Colleague
    is_favourite: bool


class ContactList(Struct, frozen=True, kw_only=True):
    """A whole contact list: the favourites in their order, then the others in theirs."""

    items: list[ListedContact]
    next: str | None = None


class ContactPut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a colleague stands in the list; what is left out stays as it is.

    `position` counts from 0 among the favourites, or among the others; what lies beyond the end means the end.
    """

    is_favourite: bool | UnsetType = UNSET
    position: int | UnsetType = UNSET


class ContactPlace(Struct, frozen=True, kw_only=True):
    """Who stands at a place of a contact list, and whether as a favourite."""

    person_id: UUID
    is_favourite: bool
