"""Quotas: how much one person may store in a day, whatever the way it comes; a day is one of UTC."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.database import Database, Queries, Transaction, tuples
from estafette.base.disk import Disk
from estafette.base.errors import TooMany

KEPT_DAYS: Final = 30


class QuotaExceeded(TooMany):
    """Today's limit is reached. Try again in {retry_after} seconds."""

    code = "quota_exceeded"


class Used(msgspec.Struct, frozen=True):
    """What a person has stored today: messages, deliveries handed over, bytes of texts and files.

    An edit and a contact request are a message each.
    """

    messages: int = 0
    deliveries: int = 0
    bytes: int = 0

    def __add__(self, other: "Used") -> "Used":
        return Used(self.messages + other.messages, self.deliveries + other.deliveries, self.bytes + other.bytes)


class Quotas(msgspec.Struct, frozen=True, kw_only=True):
    """The most that one person may store in a day (0: no limit), and the disk that has to keep some room."""

    messages: int = 20_000
    deliveries: int = 200_000
    bytes: int = 1_000_000_000
    disk: Disk | None = None

    def check(self, used: Used, more: Used, now: datetime) -> None:
        """Raises QuotaExceeded, with the seconds until tomorrow, when so much more would be too much."""
        wanted = used + more
        pairs = (
            (self.messages, wanted.messages, more.messages),
            (self.deliveries, wanted.deliveries, more.deliveries),
            (self.bytes, wanted.bytes, more.bytes),
        )
        if any(most and asked and total > most for most, total, asked in pairs):
            raise exceeded(now)

    def count(self, used: dict[UUID, Used], person_id: UUID, more: Used, now: datetime) -> QuotaExceeded | None:
        """Counts more among what people have used, or returns why it is too much."""
        before = used.get(person_id, Used())
        try:
            self.check(before, more, now)
        except QuotaExceeded as refused:
            return refused
        used[person_id] = before + more
        return None

    def check_disk(self) -> None:
        """Raises DiskFull when nothing may be written any more."""
        if self.disk is not None:
            self.disk.check_space()

    def check_disk_for(self, size: int) -> None:
        """Raises DiskFull when an upload of so many bytes would touch the reserve."""
        if self.disk is not None:
            self.disk.check_space_for(size)


def exceeded(now: datetime) -> QuotaExceeded:
    """What is told to whom has stored as much as they may today."""
    return QuotaExceeded(retry_after=_seconds_left(now))


def tomorrow(now: datetime) -> datetime:
    """When the next day begins."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _seconds_left(now: datetime) -> int:
    return max(1, ceil((tomorrow(now) - now).total_seconds()))


async def used(queries: Queries, people: Sequence[UUID], now: datetime) -> dict[UUID, Used]:
    """What people have stored today; who has stored nothing is missing."""
    rows = await queries.fetch(
        """
        SELECT person_id, messages, deliveries, bytes FROM daily_usage
        WHERE person_id = ANY ($1::uuid[]) AND day = $2
        """,
        list(people),
        now.date(),
    )
    return {row["person_id"]: Used(row["messages"], row["deliveries"], row["bytes"]) for row in rows}


async def store_used(transaction: Transaction, more: Mapping[UUID, Used]) -> None:
    """Counts what a transaction stores, where the statement that stores cannot count."""
    await transaction.execute(
        "SELECT count_usage($1, $2, $3, $4, $5)",
        transaction.clock.now().date(),
        *tuples([(person_id, each.messages, each.deliveries, each.bytes) for person_id, each in more.items()]),
    )


async def most_used(queries: Queries, now: datetime, limit: int) -> list[tuple[UUID, Used]]:
    """Who has stored most today, by bytes."""
    rows = await queries.fetch(
        """
        SELECT person_id, messages, deliveries, bytes FROM daily_usage WHERE day = $1
        ORDER BY bytes DESC, person_id LIMIT $2
        """,
        now.date(),
        limit,
    )
    return [(row["person_id"], Used(row["messages"], row["deliveries"], row["bytes"])) for row in rows]


async def take_bytes(database: Database, person_id: UUID, size: int, quotas: Quotas) -> None:
    """Counts bytes that are about to come, all or none; raises QuotaExceeded. Of two at once only one gets the rest.

    It counts outside the request's own transaction; `give_back` corrects it once it is known how many were kept.
    """
    now = database.clock.now()
    quotas.check(Used(), Used(bytes=size), now)
    row = await database.apart.fetchrow(
        """
        INSERT INTO daily_usage AS u (person_id, day, bytes) VALUES ($1, $2, $3)
        ON CONFLICT (person_id, day) DO UPDATE SET bytes = u.bytes + excluded.bytes
        WHERE $4 = 0 OR u.bytes + excluded.bytes <= $4
        RETURNING u.bytes
        """,
        person_id,
        now.date(),
        size,
        quotas.bytes,
    )
    if row is None:
        raise exceeded(now)


async def give_back(database: Database, person_id: UUID, size: int) -> None:
    """Takes off bytes that were counted and not kept."""
    await database.apart.execute(
        "UPDATE daily_usage SET bytes = greatest(0, bytes - $3) WHERE person_id = $1 AND day = $2",
        person_id,
        database.clock.now().date(),
        size,
    )


async def forget_old(database: Database) -> None:
    """Removes what was counted more than 30 days ago."""
    await database.execute(
        "DELETE FROM daily_usage WHERE day < $1", (database.clock.now() - timedelta(days=KEPT_DAYS)).date()
    )
