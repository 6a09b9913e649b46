"""Documents as their readers see them."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.documents.models.connector import Status
from estafette.documents.models.systems import Reason

CardState = Literal["granted", "not_granted", "unreachable", "email_not_confirmed"]


class Links(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Links as they stand in messages."""

    links: list[str]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader sees of a document, and what they did about it."""

    document: str
    title: str
    number: str
    status: Status
    deadline: date | None
    version: str
    link: str  # what a message would say; `url` may lead deeper into the system
    url: str
    acknowledge: bool  # the system asks this reader to take note of it
    acknowledged_at: datetime | None = None
    told: bool = False  # the system has taken the acknowledgement


class DocumentCard(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to show for a link; who is not granted a document sees the same as where there is none."""

    link: str
    state: CardState
    system: str
    document: Document | None = None
    reason: Reason | None = None


class DocumentCards(msgspec.Struct, frozen=True, kw_only=True):
    """A card for each of the links that lead to a registered system."""

    items: list[DocumentCard]


class WaitingDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that waits for a person, and in which system."""

    system_id: UUID
    system: str
    document: Document


class SilentSystem(msgspec.Struct, frozen=True, kw_only=True):
    """A system that could not be asked."""

    system: str
    reason: Reason


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for a person in all systems, the nearest deadline first; `email_confirmed`: else none is asked."""

    items: list[WaitingDocument]
    silent: list[SilentSystem]
    systems: int
    email_confirmed: bool


class NewAcknowledgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version that was shown of the document to which a link leads."""

    link: str
    version: str


class Acknowledgement(msgspec.Struct, frozen=True, kw_only=True):
    """That the caller has taken note, and whether the system knows already."""

    acknowledged_at: datetime
    told: bool


class Acknowledger(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who has taken note."""

    person: Card
    acknowledged_at: datetime


class Acknowledgers(msgspec.Struct, frozen=True, kw_only=True):
    """Who has taken note of the present version, first to last."""

    items: list[Acknowledger]
