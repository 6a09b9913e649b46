"""Document systems as administrators see them; what their connectors are shown is never shown again."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

Reason = Literal[
    "address_refused",
    "busy",
    "certificate",
    "credential_refused",
    "credential_unreadable",
    "no_answer",
    "not_connected",
    "redirected",
    "too_long",
    "unknown_host",
    "wrong_form",
    "wrong_status",
]
"""Why a connector gave no answer that can be used."""


class NewSystem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A system to be registered."""

    name: str
    patterns: list[str]
    connector: str
    credential: str


class SystemChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about a system; what is not mentioned stays."""

    name: str | UnsetType = UNSET
    patterns: list[str] | UnsetType = UNSET
    connector: str | UnsetType = UNSET
    credential: str | UnsetType = UNSET


class DocumentSystem(msgspec.Struct, frozen=True, kw_only=True):
    """A registered system, with how much was acknowledged and of how much it has not been told yet."""

    id: UUID
    name: str
    patterns: list[str]
    connector: str
    created_at: datetime
    acknowledgements: int
    untold: int


class DocumentSystems(msgspec.Struct, frozen=True, kw_only=True):
    """All of them by name."""

    items: list[DocumentSystem]
    next: str | None = None


class SystemRow(msgspec.Struct, frozen=True, kw_only=True):
    """A system as it is stored; `credential` is encrypted."""

    id: UUID
    name: str
    patterns: list[str]
    connector: str
    credential: bytes
    changed_at: datetime


class TrialResult(msgspec.Struct, frozen=True, kw_only=True):
    """How a connector answered a question about nothing; without a reason it did well."""

    reason: Reason | None = None
    status: int | None = None  # the HTTP status, where that is what was wrong


class Origins(msgspec.Struct, frozen=True, kw_only=True):
    """Where links to documents lead: scheme, host and port of each registered pattern."""

    origins: list[str]
