"""Domains whose addresses belong to employees."""

from datetime import datetime

from msgspec import Struct


class EmployeeDomain(Struct, frozen=True, kw_only=True):
    """A domain, in ASCII and as it is written, and how many have proved an address there and are no employees yet."""

    domain: str
    name: str
    added_at: datetime
    could_join: int


class EmployeeDomains(Struct, frozen=True, kw_only=True):
    """All of them by name."""

    items: list[EmployeeDomain]
    next: str | None = None


class NewEmployeeDomain(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A domain to be added; with `public` also one where anybody gets a mailbox."""

    domain: str
    public: bool = False


class Joined(Struct, frozen=True, kw_only=True):
    """How many became employees."""

    joined: int
