"""What there is to say of a notification, asked of the capability it comes from when it is about to be said."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.base.database import Queries
from estafette.base.languages import Language
from estafette.notifications.models.notices import Kind


class ContentRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A notification of which somebody is about to be told.

    What is new in its topic begins at `first`, and for one that was read ends with `until`.
    """

    id: UUID
    kind: Kind
    person_id: UUID
    party_id: UUID
    topic_id: UUID
    first: int
    until: datetime | None = None
    language: Language


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was said: by whom, and when."""

    who: str
    text: str
    at: datetime


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something to know, such as an address, with its label."""

    label: str
    value: str


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What, who and where, in the reader's language, with one page that opens the right place.

    `title` is a whole sentence; `text` goes on with what was said; `action` is on the button that opens `path`. `last`
    is how far the content tells, `since` when it begins; `seen` says that the person knows already, and nothing needs
    to be said. `subject` is what all letters of the topic are called, where the title changes: mail programs show those
    together that answer each other and are called the same.
    """

    title: str
    text: str
    path: str
    action: str
    actor: Card | None = None
    place: str | None = None
    lines: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    last: int = 0
    since: datetime | None = None
    seen: bool = False
    reply_to: str | None = None
    subject: str | None = None


Renderer = Callable[[Queries, Sequence[ContentRequest]], Awaitable[Mapping[UUID, Content]]]
"""Renders the contents of notifications, by their ids; of which there is nothing to tell any more, none."""

Renderers = Mapping[Kind, Renderer]
