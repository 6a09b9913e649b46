"""The numbered streams of persons and partners, as they are read."""

from datetime import datetime
from uuid import UUID

import msgspec


class StreamChange(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a stream: what happened to which conversation, person or partner."""

    number: int
    kind: str
    subject: UUID
    at: datetime


class StreamChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The changes after a number: whoever holds `after` and applies them holds `until`; `head` is the newest."""

    party_id: UUID
    after: int
    until: int
    head: int
    changes: list[StreamChange]
