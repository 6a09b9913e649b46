"""Statements about contents: the bytes that files share."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def lock_digest(transaction: Transaction, sha256: bytes) -> None:
    """Lets whoever brings the same bytes wait until the transaction ends: of two who come at once one shares."""
    await transaction.execute("SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 43))", sha256)


async def give_up(transaction: Transaction, ids: Sequence[UUID], at: datetime) -> list[UUID]:
    """Gives up those that no file holds any more, so that nobody shares them from now on; returns which.

    Locked first: what a file came to share meanwhile is seen afterwards.
    """
    await transaction.execute("SELECT FROM contents WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", list(ids))
    rows = await transaction.fetch(
        """
        UPDATE contents c SET given_up_at = $2, sha256 = NULL
        WHERE c.id = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM files f WHERE f.content_id = c.id)
        RETURNING c.id
        """,
        list(ids),
        at,
    )
    return [row["id"] for row in rows]


async def given_up(queries: Queries, at: datetime, limit: int) -> list[UUID]:
    """Those whose bytes must go by now."""
    rows = await queries.fetch(
        "SELECT id FROM contents WHERE given_up_at <= $1 ORDER BY given_up_at LIMIT $2", at, limit
    )
    return [row["id"] for row in rows]


async def forget(queries: Queries, ids: Sequence[UUID]) -> None:
    """Removes the rows of those whose bytes are gone."""
    await queries.execute("DELETE FROM contents WHERE id = ANY ($1::uuid[]) AND given_up_at IS NOT NULL", list(ids))


async def uncompared(queries: Queries, tries: int, limit: int) -> list[UUID]:
    """Earlier contents that were tried less often, those first that were least; not those that are still to change."""
    rows = await queries.fetch(
        """
        SELECT content_id FROM uncompared_contents u
        WHERE tries < $1
            AND NOT EXISTS (
                SELECT FROM files f JOIN unstripped_pictures p ON p.file_id = f.id WHERE f.content_id = u.content_id
            )
        ORDER BY tries, content_id LIMIT $2
        """,
        tries,
        limit,
    )
    return [row["content_id"] for row in rows]


async def count_try_to_compare(queries: Queries, id_: UUID) -> None:
    """Counts that an earlier content could not be read."""
    await queries.execute("UPDATE uncompared_contents SET tries = tries + 1 WHERE content_id = $1", id_)


async def share(transaction: Transaction, id_: UUID, sha256: bytes, at: datetime) -> None:
    """Lets an earlier content be shared, or its files share what is kept already; its own bytes go at a time then.

    Copies are made anew beside what is shared.
    """
    await lock_digest(transaction, sha256)
    await transaction.execute(
        """
        WITH compared AS (
            DELETE FROM uncompared_contents WHERE content_id = $1
        ), shared AS (
            SELECT o.id FROM contents o JOIN contents c ON c.id = $1 AND c.has_thumbnail = o.has_thumbnail
            WHERE o.sha256 = $2 AND o.id <> $1 FOR KEY SHARE OF o
        ), moved AS (
            UPDATE files SET content_id = shared.id, copy_widths = '{}' FROM shared WHERE content_id = $1
            RETURNING files.id
        ), uncopied AS (
            INSERT INTO uncopied_pictures (file_id)
            SELECT f.id FROM files f, shared WHERE f.content_id = $1 AND f.copy_widths <> '{}'
            ON CONFLICT DO NOTHING
        )
        UPDATE contents c
        SET given_up_at = CASE WHEN EXISTS (SELECT FROM shared) THEN $3::timestamptz END,
            sha256 = CASE WHEN NOT EXISTS (SELECT FROM contents o WHERE o.sha256 = $2) THEN $2 END
        WHERE c.id = $1 AND c.given_up_at IS NULL AND EXISTS (SELECT FROM files f WHERE f.content_id = $1)
        """,
        id_,
        sha256,
        at,
    )
