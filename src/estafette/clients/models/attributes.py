"""Attributes: what the organisation wishes to know of its clients, beside what all have."""

from datetime import datetime
from typing import Final, Literal

from msgspec import UNSET, Struct, UnsetType

Kind = Literal["text", "number", "date", "boolean", "choice"]
Value = str | int | float | bool
"""Of a text, choice or date (ISO 8601) a string, of the others a number, or yes and no."""

KINDS: Final[tuple[Kind, ...]] = ("text", "number", "date", "boolean", "choice")


class Attribute(Struct, frozen=True, kw_only=True):
    """An attribute; its key and kind are for good, `choices` has those of the kind `choice`."""

    key: str
    label: str
    kind: Kind
    choices: list[str] = []
    position: int
    created_at: datetime


class Attributes(Struct, frozen=True, kw_only=True):
    """All attributes in their order."""

    items: list[Attribute]
    next: str | None = None


class NewAttribute(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new attribute; without a key one is made of the label."""

    label: str
    kind: Kind
    key: str | None = None
    choices: list[str] = []


class AttributeChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another label or place, or other choices; what is not mentioned stays. Values that were given stay, too."""

    label: str | UnsetType = UNSET
    choices: list[str] | UnsetType = UNSET
    position: int | UnsetType = UNSET
