"""Lists that come page by page: `next` is the cursor with which the next page is asked for; none at the end."""

from base64 import urlsafe_b64encode
from uuid import UUID

import msgspec

from estafette.accounts.models.credentials import Session, Token
from estafette.accounts.models.partners import Member, PartnerCard
from estafette.accounts.models.people import ContactProfile, Person


class Sessions(msgspec.Struct, frozen=True, kw_only=True):
    """A person's sessions."""

    items: list[Session]
    next: str | None = None


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """A person's tokens."""

    items: list[Token]
    next: str | None = None


class ContactProfiles(msgspec.Struct, frozen=True, kw_only=True):
    """A person's contact profiles."""

    items: list[ContactProfile]
    next: str | None = None


class People(msgspec.Struct, frozen=True, kw_only=True):
    """A page of people."""

    items: list[Person]
    next: str | None = None


class Partners(msgspec.Struct, frozen=True, kw_only=True):
    """A page of partners."""

    items: list[PartnerCard]
    next: str | None = None


class Members(msgspec.Struct, frozen=True, kw_only=True):
    """The members of a partner."""

    items: list[Member]
    next: str | None = None


class ListCursor(msgspec.Struct, frozen=True, array_like=True):
    """The last row of a page: its sort key and id."""

    key: str
    id: UUID

    def cursor(self) -> str:
        """The position as clients carry it, to be understood by nobody else."""
        return urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")
