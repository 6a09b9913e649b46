"""Segments: groups of clients that are described, not listed."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from estafette.clients.models.attributes import Value
from estafette.clients.models.clients import Channel, Client

Match = Literal["all", "any"]
Comparison = Literal["is", "is_not", "contains", "less", "greater", "known", "unknown"]
"""Of texts is, is_not and contains; of numbers and days is, is_not, less and greater; of all known and unknown."""


class AttributeRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="attribute", tag_field="kind"):
    """Compares an attribute with a value; known and unknown take none."""

    key: str
    comparison: Comparison
    value: Value | None = None


class ConsentRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="consent", tag_field="kind"):
    """What the client said about a channel."""

    channel: Channel
    state: Literal["given", "refused", "unknown"]


class AddressRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="address", tag_field="kind"):
    """Whether the client can be reached by a channel."""

    channel: Channel
    present: bool


class LanguageRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="language", tag_field="kind"):
    """The client's language is one of these; null: it is not known."""

    values: list[Literal["en", "fr", "pt", "ru"] | None]


class ZoneRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="time_zone", tag_field="kind"):
    """The client's time zone is one of these; null: it is not known."""

    values: list[str | None]


Outcome = Literal["received", "not_received", "failed"]
"""received: it has left, or arrived as far as is known; not_received: nothing has, for whatever reason."""


class CommunicationRule(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="communication", tag_field="kind"
):
    """What became of past communications for the client: of one or any, by one channel or any, in the last days."""

    outcome: Outcome
    communication_id: UUID | None = None
    channel: Channel | None = None
    days: int | None = None


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="group", tag_field="kind"):
    """Rules of which all must be true, or any; groups may stand in groups. Without rules it is everybody."""

    match: Match = "all"
    rules: "list[AttributeRule | ConsentRule | AddressRule | LanguageRule | ZoneRule | CommunicationRule | Group]" = []


Rule = AttributeRule | ConsentRule | AddressRule | LanguageRule | ZoneRule | CommunicationRule | Group


class Segment(Struct, frozen=True, kw_only=True):
    """A segment; `missing` are the keys of attributes it asks for that are no more: it is of no use until changed."""

    id: UUID
    name: str
    filter: Group
    missing: list[str] = []
    revision: int
    created_at: datetime
    changed_at: datetime


class Segments(Struct, frozen=True, kw_only=True):
    """All segments by name."""

    items: list[Segment]
    next: str | None = None


class NewSegment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new segment."""

    name: str
    filter: Group


class SegmentChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another name or filter for the segment that has this revision."""

    revision: int
    name: str | UnsetType = UNSET
    filter: Group | UnsetType = UNSET


class FilterToCount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A filter about which one wants to know how many clients it meets."""

    filter: Group


class SegmentCount(Struct, frozen=True, kw_only=True):
    """How many clients a filter meets, of how many in all; not `exact` is an estimate by a sample."""

    count: int
    exact: bool
    clients: int
    some: list[Client]
