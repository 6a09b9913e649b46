"""Statements about the text of what was uploaded."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def lock_taking(transaction: Transaction) -> None:
    """Lets whoever takes a file to read wait until the transaction ends, and see what was taken in it."""
    await transaction.execute("SELECT pg_advisory_xact_lock(45)")


async def take(transaction: Transaction, at: datetime, until: datetime) -> UUID | None:
    """A file whose text is to be read, tried less than thrice, put off meanwhile; of one owner no two at a time."""
    found: UUID | None = await transaction.fetchval(
        """
        UPDATE unread_texts SET tries = tries + 1, not_before = $2, reading_until = $2
        WHERE file_id = (
            SELECT file_id FROM unread_texts u
            WHERE not_before <= $1 AND tries < 3
                AND NOT EXISTS (SELECT FROM unread_texts o WHERE o.owner_id = u.owner_id AND o.reading_until > $1)
            ORDER BY tries, file_id LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING file_id
        """,
        at,
        until,
    )
    return found


async def put_off(queries: Queries, file_id: UUID, at: datetime) -> None:
    """Takes back a try for which the bytes could not be had; the next is a minute later, an hour in the end."""
    await queries.execute(
        """
        UPDATE unread_texts
        SET tries = greatest(0, tries - 1), failures = least(failures + 1, 100), reading_until = NULL,
            not_before = $2::timestamptz + least(interval '1 hour', interval '1 minute' * 2 ^ least(failures, 6))
        WHERE file_id = $1
        """,
        file_id,
        at,
    )


async def is_read(queries: Queries, sha256: bytes) -> bool:
    """Whether the text of a content was read for another file; in a transaction it stays until this has ended."""
    found: bool | None = await queries.fetchval(
        "SELECT true FROM content_texts WHERE sha256 = $1 FOR KEY SHARE", sha256
    )
    return found or False


async def keep(queries: Queries, sha256: bytes, text: str, reason: str | None, at: datetime) -> None:
    """Keeps the text of a content, unless somebody was faster."""
    await queries.execute(
        "INSERT INTO content_texts (sha256, text, reason, read_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        sha256,
        text,
        reason,
        at,
    )


async def take_off(queries: Queries, file_id: UUID) -> bool:
    """Takes a file off the list of those to be read; False when somebody else has."""
    return await queries.fetchval("DELETE FROM unread_texts WHERE file_id = $1 RETURNING true", file_id) or False


async def by_file(queries: Queries, file_ids: Sequence[UUID], most: int) -> dict[UUID, str]:
    """The first `most` characters of the texts of files that were not given up; those without any are missing."""
    rows = await queries.fetch(
        """
        SELECT f.id, left(t.text, $2) AS text FROM files f JOIN content_texts t ON t.sha256 = f.sha256
        WHERE f.id = ANY ($1::uuid[]) AND f.stored_at IS NOT NULL AND f.released_at IS NULL AND t.text <> ''
        """,
        list(file_ids),
        most,
    )
    return {row["id"]: row["text"] for row in rows}


async def forget(transaction: Transaction, digests: Sequence[bytes]) -> None:
    """Removes the texts of contents that belong to no file any more.

    Locked first: what a file came to share meanwhile is seen afterwards.
    """
    await transaction.execute(
        "SELECT FROM content_texts WHERE sha256 = ANY ($1::bytea[]) ORDER BY sha256 FOR UPDATE", list(digests)
    )
    await transaction.execute(
        """
        DELETE FROM content_texts t
        WHERE t.sha256 = ANY ($1::bytea[]) AND NOT EXISTS (SELECT FROM files f WHERE f.sha256 = t.sha256)
        """,
        list(digests),
    )
