"""People, what they may do, and the little of them that others see."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from estafette.base.languages import Language

Role = Literal["customer", "employee", "administrator", "service", "communications"]
ORGANISATION: Final = UUID("00000000-0000-4000-8000-000000000001")
"""The topic of all employees: what it may read, each of them may (the view `person_topics` names it, too)."""
MemberRole = Literal["owner", "member"]
Scope = Literal["read", "write", "admin"]

SCOPES: Final[tuple[Scope, ...]] = ("read", "write", "admin")


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The little of a person or partner that everyone who meets them may see; `picture` is a file id."""

    id: UUID
    name: str
    picture: UUID | None = None


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A partner that a person acts for, and as what."""

    id: UUID
    name: str
    picture: UUID | None = None
    role: MemberRole


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who makes a request, by which session or token, and all that deciding about it needs."""

    person_id: UUID
    name: str
    email: str
    picture: UUID | None = None
    language: Language
    time_zone: str
    roles: frozenset[Role]
    partners: dict[UUID, MemberRole]  # the partners this person is a member of
    parties: frozenset[UUID]  # own id and those of the partners: for whom this person acts
    session_id: UUID | None = None
    token_id: UUID | None = None
    scopes: frozenset[Scope] = frozenset(SCOPES)
    expires_at: datetime | None = None  # of the session (it slides) or token; None: never

    @property
    def administrates(self) -> bool:
        """An administrator, and not by a token without the scope for it."""
        return "administrator" in self.roles and "admin" in self.scopes

    @property
    def communicates(self) -> bool:
        """Who keeps the register of clients: administrators, and employees and programs that were given the role.

        An employee has proved the address; a stranger who signed up with that of somebody else gains nothing by it.
        """
        works_here = not self.roles.isdisjoint({"employee", "service"})
        return self.administrates or (works_here and "communications" in self.roles)

    @property
    def card(self) -> Card:
        """What others see of this person."""
        return Card(id=self.person_id, name=self.name, picture=self.picture)


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """A person as shown to himself; `pending_email` is a new address that waits to be confirmed."""

    id: UUID
    name: str
    email: str
    email_confirmed: bool
    pending_email: str | None = None
    phone: str | None
    language: Language
    time_zone: str
    picture: UUID | None
    roles: list[Role]
    partners: list[Membership]
    has_password: bool


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person as shown to administrators."""

    id: UUID
    name: str
    email: str
    email_confirmed: bool
    phone: str | None
    language: Language
    picture: UUID | None
    roles: list[Role]
    partners: list[Membership]
    created_at: datetime
    last_seen_at: datetime | None
    disabled_at: datetime | None


class ContactProfile(msgspec.Struct, frozen=True, kw_only=True):
    """One of the ways a person wishes to be reached; each person has exactly one default."""

    id: UUID
    label: str
    email: str | None
    phone: str | None
    is_default: bool
