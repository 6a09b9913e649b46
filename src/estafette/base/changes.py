"""The change feed: every stream has a gap-free, ever-growing number, and every change takes the next one.

A stream is whatever has changes of its own: the owner of the stream keeps its head, or `advance` keeps it for those
that have no row for it. A change names what changed and holds no text. The SQL function `append_changes`, which
`append` calls, also leaves a row in `pending_reactions`, from which reactions are run; a statement that stores what
changed may call it itself, and announces `due()` then.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.bus import Event, event
from estafette.base.database import Queries, Transaction, tuples

HINT: Final = "hint"
DUE: Final = "due"


class Change(msgspec.Struct, frozen=True):
    """One change: its stream, its number in it, what happened to what, and when."""

    stream: UUID
    number: int
    kind: str
    subject: UUID
    at: datetime


class Hint(msgspec.Struct, frozen=True):
    """A stream went from number `after` to `until`; `feed` says who can read it, `topics` whom it concerns."""

    feed: str
    stream: UUID
    after: int
    until: int
    topics: tuple[UUID, ...]

    def event(self) -> Event:
        """The hint as it travels on the bus."""
        return event(HINT, self)


def due() -> Event:
    """Tells workers that reactions are due."""
    return event(DUE, None)


async def append(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Stores changes whose numbers their streams' owner has taken, and makes their reactions due."""
    # What happens together mostly is of one kind and time: these are handed over once.
    for (kind, at), alike in groupby(changes, key=lambda each: (each.kind, each.at)):
        streams, numbers, subjects = tuples([(each.stream, each.number, each.subject) for each in alike])
        await transaction.execute("SELECT append_changes($1, $2, $3, $4, $5)", streams, numbers, kind, subjects, at)
    if changes:
        transaction.announce(due())


async def advance(transaction: Transaction, stream: UUID, kind: str, subject: UUID) -> Change:
    """Takes the next number of a stream that `streams` keeps, stores the change and hints at it."""
    number = await transaction.fetchval(
        """
        INSERT INTO streams (id, head) VALUES ($1, 1)
        ON CONFLICT (id) DO UPDATE SET head = streams.head + 1
        RETURNING head
        """,
        stream,
    )
    change = Change(stream, number, kind, subject, transaction.clock.now())
    await append(transaction, [change])
    transaction.announce(Hint("party", stream, number - 1, number, (stream,)).event())
    return change


async def advance_all(transaction: Transaction, steps: Sequence[tuple[UUID, str, UUID]]) -> None:
    """As `advance`, for many (stream, kind, subject) at once, in their order; streams are locked in one order."""
    if not steps:
        return
    counts = Counter(stream for stream, _, _ in steps)
    rows = await transaction.fetch(
        """
        INSERT INTO streams (id, head)
        SELECT id, count FROM unnest($1::uuid[], $2::bigint[]) AS given (id, count) ORDER BY id
        ON CONFLICT (id) DO UPDATE SET head = streams.head + excluded.head
        RETURNING id, head
        """,
        *tuples(list(counts.items())),
    )
    before = {row["id"]: row["head"] - counts[row["id"]] for row in rows}
    numbers = dict(before)
    now = transaction.clock.now()
    found: list[Change] = []
    for stream, kind, subject in steps:
        numbers[stream] += 1
        found.append(Change(stream, numbers[stream], kind, subject, now))
    await append(transaction, found)
    transaction.announce(
        *(Hint("party", stream, before[stream], numbers[stream], (stream,)).event() for stream in before)
    )


async def hint_party_again(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Repeats the hints of changes that `advance` made: their process may have died between commit and hint."""
    transaction.announce(
        *(Hint("party", each.stream, each.number - 1, each.number, (each.stream,)).event() for each in changes)
    )


async def read(queries: Queries, stream: UUID, after: int, limit: int) -> list[Change]:
    """At most `limit` changes of a stream after a number, in order."""
    rows = await queries.fetch(
        """
        SELECT stream_id, number, kind, subject_id, at FROM changes
        WHERE stream_id = $1 AND number > $2
        ORDER BY number LIMIT $3
        """,
        stream,
        after,
        limit,
    )
    return [Change(*row) for row in rows]


async def heads(queries: Queries, streams: Sequence[UUID]) -> dict[UUID, int]:
    """The last number of each stream that `streams` keeps; a stream without changes is missing."""
    rows = await queries.fetch("SELECT id, head FROM streams WHERE id = ANY ($1::uuid[])", list(streams))
    return {row["id"]: row["head"] for row in rows}
