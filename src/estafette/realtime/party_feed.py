"""Frames of the streams that belong to a party: what is not tied to one conversation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from estafette.base import changes
from estafette.base.database import Database


class PartyChange(msgspec.Struct, frozen=True):
    """One step of a party's stream: what happened to which conversation, person or partner."""

    number: int
    kind: str
    subject: UUID
    at: datetime


class PartyFrame(msgspec.Struct, frozen=True, tag_field="type", tag="party"):
    """The changes that lead a party's stream from `after` to `until`."""

    party: UUID
    after: int
    until: int
    changes: list[PartyChange]


async def read_party_frames(
    database: Database, spans: Sequence[tuple[UUID, int, int, tuple[UUID, ...]]]
) -> list[tuple[UUID, int, bytes]]:
    """The frame of each (stream, after, until, topics)."""
    frames: list[tuple[UUID, int, bytes]] = []
    for stream, after, until, _ in spans:
        found = await changes.read(database, stream, after, until - after)
        if not found:
            continue
        until = found[-1].number
        frame = PartyFrame(
            stream, after, until, [PartyChange(one.number, one.kind, one.subject, one.at) for one in found]
        )
        frames.append((stream, until, msgspec.json.encode(frame)))
    return frames
