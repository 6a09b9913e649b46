"""What is said to a connector and what it answers, as docs/documents.md describes it."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

Status = Literal["draft", "to_sign", "signed", "rejected"]


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks; the address is confirmed, the id stays when it changes."""

    id: UUID
    email: str


class CardsQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which of these documents the reader may see."""

    reader: Reader
    documents: list[str]


class WaitingQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for a person."""

    reader: Reader


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody has taken note of a document; what comes again has the same `id`."""

    id: UUID
    reader: Reader
    document: str
    version: str
    acknowledged_at: datetime


class GrantedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that its system grants to the reader who asked; `deadline` is the last day."""

    document: str
    title: str
    number: str = ""
    status: Status
    deadline: date | None = None
    version: str = ""
    acknowledge: bool = False  # the system asks this reader to take note of it
    url: str | None = None


class CardsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The documents that are granted; the others are left out."""

    cards: list[GrantedDocument]


class WaitingAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for the person to sign or to acknowledge."""

    documents: list[GrantedDocument]
