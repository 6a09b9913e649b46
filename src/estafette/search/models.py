"""What can be searched and what was found."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.errors import invalid

Mark = tuple[datetime, UUID]
"""Time and id of a document: the place after which a page goes on."""
Range = tuple[int, int]
"""A part of a text: its first character, and the first one after it."""

ALWAYS: Final = datetime(1, 1, 1, tzinfo=UTC)
NEWEST: Final[Mark] = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be found: `audience` are the parties who may find it, `version` grows with each change of it.

    `facets` are what else it can be asked for by, such as `has:file`: never a word, so a colon is in each. `source_id`
    is what it goes with, of one that is a part of something else.
    """

    id: UUID
    kind: str
    container_id: UUID
    audience: list[UUID]
    version: int
    text: str
    at: datetime
    facets: tuple[str, ...] = ()
    source_id: UUID | None = None


class Hit(msgspec.Struct, frozen=True):
    """A document that was found, the container it belongs to, its time, and what it goes with."""

    id: UUID
    container_id: UUID
    at: datetime
    source_id: UUID | None = None


class Forgotten(msgspec.Struct, frozen=True):
    """A document that is gone since `version`: no older version can bring it back."""

    id: UUID
    version: int


class Forms(msgspec.Struct, frozen=True):
    """The stems of a word over the four languages; `is_stop` when one of them counts it as too common to matter."""

    stems: frozenset[str]
    is_stop: bool


AS_WRITTEN: Final = Forms(frozenset(), is_stop=False)
"""A word without other forms."""


class Conditions(msgspec.Struct, frozen=True, kw_only=True):
    """What must be so beside the words.

    Of each list in `facets` one must be there, of `without` none; times from `since` on and before `until`; within
    `places`, containers each from a time on, if they are given.
    """

    facets: tuple[Sequence[str], ...] = ()
    without: tuple[str, ...] = ()
    since: datetime = ALWAYS
    until: datetime = NEWEST[0]
    places: Sequence[tuple[UUID, datetime]] | None = None


class BestMark(msgspec.Struct, frozen=True):
    """Where the next page of the best goes on: what they are the best of ends at `anchor`; score and id of the last."""

    anchor: datetime
    score: int
    id: UUID

    def written(self) -> tuple[str, UUID]:
        """The mark as the place in a list that is ordered by a text and an id."""
        return f"{self.anchor.isoformat()} {self.score}", self.id


def read_best_mark(place: tuple[str, UUID] | None) -> BestMark | None:
    """A mark as it was written; raises Invalid on field `cursor` for another place."""
    if place is None:
        return None
    anchor, _, score = place[0].partition(" ")
    try:
        return BestMark(datetime.fromisoformat(anchor).astimezone(UTC), int(score), place[1])
    except (ValueError, OverflowError):
        raise invalid("cursor", "unknown") from None
