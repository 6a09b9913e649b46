"""Reading the change feed for everyone who is connected: once per process, encoded once per change."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Database
from estafette.conversations.actions.viewing import change
from estafette.conversations.models import Change
from estafette.conversations.store import messages


class Frame(msgspec.Struct, frozen=True, tag_field="type", tag="changes"):
    """What a live connection gets: the changes that lead a conversation from `after` to `until`."""

    conversation: UUID
    parties: tuple[UUID, ...]
    after: int
    until: int
    changes: list[Change]


_encoder = msgspec.json.Encoder()


async def read_frames(
    database: Database, spans: Sequence[tuple[UUID, int, int, tuple[UUID, ...]]]
) -> list[tuple[UUID, bytes]]:
    """The frame of each (conversation, after, until, parties), read in one statement."""
    grouped: dict[UUID, list[Any]] = {}
    for row in await messages.changes_between(database, [span[:3] for span in spans]):
        grouped.setdefault(row["stream_id"], []).append(row)
    return [
        (id_, _encoder.encode(Frame(id_, parties, after, until, [change(row) for row in grouped.get(id_, [])])))
        for id_, after, until, parties in spans
    ]
