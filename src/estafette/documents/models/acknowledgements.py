"""Acknowledgements as they are stored."""

from datetime import datetime
from uuid import UUID

import msgspec


class AcknowledgementRow(msgspec.Struct, frozen=True, kw_only=True):
    """That a person has taken note of a version of a document; `told` once its connector has taken it."""

    system_id: UUID
    document: str
    version: str
    acknowledged_at: datetime
    told: bool


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """An acknowledgement of which a connector is about to be told."""

    id: UUID
    system_id: UUID
    document: str
    version: str
    person_id: UUID
    email: str
    acknowledged_at: datetime
    attempts: int  # this one included
