"""Reading the change feed for everyone who is connected: once per process, encoded once per change."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.database import Database
from estafette.conversations.models.changes import Change
from estafette.conversations.models.threads import ThreadSummary
from estafette.conversations.rules import TAKEN_BACK_TOLD
from estafette.conversations.store import changes, threads

# A frame of long messages ends here, and the next one goes on.
FRAME_CHARACTERS: Final = 100_000


class LineFrame(msgspec.Struct, frozen=True, tag_field="type", tag="thread"):
    """What a live connection gets when what stands below a message of a conversation is another."""

    conversation: UUID
    message: UUID
    thread: ThreadSummary


class Frame(msgspec.Struct, frozen=True, tag_field="type", tag="changes"):
    """What a live connection gets: the changes that lead a conversation from `after` to `until`."""

    conversation: UUID
    after: int
    until: int
    changes: list[Change]


_encoder = msgspec.json.Encoder()


async def read_frames(
    database: Database, spans: Sequence[tuple[UUID, int, int, tuple[UUID, ...]]]
) -> list[tuple[UUID, int, bytes]]:
    """The frames of each (conversation, after, until, topics), read in one statement, with where each leads.

    A span of which nothing is committed has no frame.
    """
    grouped = await changes.between(database, [span[:3] for span in spans], database.clock.now() - TAKEN_BACK_TOLD)
    frames: list[tuple[UUID, int, bytes]] = []
    for place, after, _, _ in spans:
        for part in _parts(grouped.get(place, [])):
            frame = Frame(place, after, part[-1].number, part)
            frames.append((place, frame.until, _encoder.encode(frame)))
            after = frame.until
    return frames


async def read_thread_frames(
    database: Database, spans: Sequence[tuple[UUID, int, int, tuple[UUID, ...]]]
) -> list[tuple[UUID, int, bytes]]:
    """The frames of what stands below each (message, …), as it is now, read in one statement."""
    return [
        (
            row["root_id"],
            row["number"],
            _encoder.encode(
                LineFrame(row["parent_id"], row["root_id"], msgspec.convert(row["summary"], ThreadSummary))
            ),
        )
        for row in await threads.lines_of(database, [span[0] for span in spans])
    ]


def _parts(steps: Sequence[Change]) -> Iterator[list[Change]]:
    part: list[Change] = []
    characters = 0
    for each in steps:
        part.append(each)
        characters += len(each.message.text) if each.message else 0
        if characters > FRAME_CHARACTERS:
            yield part
            part, characters = [], 0
    if part:
        yield part
