"""Statements about files: begun, kept, taken into use, given up, gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries
from estafette.files.models import File, Stored


def _file(row: Any) -> File:
    return File(
        id=row["id"],
        name=row["name"],
        media_type=row["media_type"],
        size=row["size"],
        width=row["width"],
        height=row["height"],
        has_thumbnail=row["has_thumbnail"],
    )


def _stored(row: Any) -> Stored:
    return Stored(
        file=_file(row),
        owner_id=row["owner_id"],
        sha256=row["sha256"],
        claimed_at=row["claimed_at"],
        copy_widths=row["copy_widths"],
    )


async def begin(queries: Queries, file_id: UUID, owner_id: UUID, name: str, at: datetime) -> None:
    """Notes that bytes are about to come."""
    await queries.execute(
        "INSERT INTO files (id, owner_id, name, created_at) VALUES ($1, $2, $3, $4)", file_id, owner_id, name, at
    )


async def finish(
    queries: Queries, file: File, sha256: bytes, key: str | None, at: datetime, *, holds_text: bool
) -> bool:
    """Notes that all bytes are safe, and that the text of what may hold some is to be read.

    False when the sweep was faster. Raises UniqueViolationError for a used key.
    """
    row = await queries.fetchrow(
        """
        WITH kept AS (
            UPDATE files
            SET stored_at = $9, media_type = $2, size = $3, sha256 = $4, width = $5, height = $6, has_thumbnail = $7,
                key = $8
            WHERE id = $1 AND stored_at IS NULL AND released_at IS NULL
            RETURNING id, owner_id
        ), unread AS (
            INSERT INTO unread_texts (file_id, owner_id, not_before) SELECT id, owner_id, $9 FROM kept WHERE $10
        )
        SELECT id FROM kept
        """,
        file.id,
        file.media_type,
        file.size,
        sha256,
        file.width,
        file.height,
        file.has_thumbnail,
        key,
        at,
        holds_text,
    )
    return row is not None


async def by_key(queries: Queries, owner_id: UUID, key: str) -> Stored | None:
    """The upload that an idempotency key stands for."""
    row = await queries.fetchrow(
        """
        SELECT id, owner_id, name, media_type, size, sha256, width, height, has_thumbnail, claimed_at,
            copy_widths
        FROM files
        WHERE owner_id = $1 AND key = $2
        """,
        owner_id,
        key,
    )
    return _stored(row) if row else None


async def by_ids(queries: Queries, ids: Sequence[UUID]) -> list[Stored]:
    """Files whose bytes are safe and that were not given up, in no order."""
    rows = await queries.fetch(
        """
        SELECT id, owner_id, name, media_type, size, sha256, width, height, has_thumbnail, claimed_at,
            copy_widths
        FROM files
        WHERE id = ANY ($1::uuid[]) AND stored_at IS NOT NULL AND released_at IS NULL
        """,
        list(ids),
    )
    return [_stored(row) for row in rows]


async def lock(queries: Queries, ids: Sequence[UUID]) -> list[Stored]:
    """As `by_ids`, locked until the transaction ends, always in the same order."""
    rows = await queries.fetch(
        """
        SELECT id, owner_id, name, media_type, size, sha256, width, height, has_thumbnail, claimed_at,
            copy_widths
        FROM files
        WHERE id = ANY ($1::uuid[]) AND stored_at IS NOT NULL AND released_at IS NULL
        ORDER BY id FOR UPDATE
        """,
        list(ids),
    )
    return [_stored(row) for row in rows]


async def claim(queries: Queries, ids: Sequence[UUID], at: datetime) -> None:
    """Marks locked uploads as taken into use."""
    await queries.execute("UPDATE files SET claimed_at = $2 WHERE id = ANY ($1::uuid[])", list(ids), at)


async def release(queries: Queries, ids: Sequence[UUID], at: datetime) -> None:
    """Marks files as given up; their keys are free again."""
    await queries.execute(
        """
        UPDATE files SET released_at = $2, key = NULL
        WHERE released_at IS NULL
            AND id IN (SELECT id FROM files WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE)
        """,
        list(ids),
        at,
    )


async def abandon(queries: Queries, created_before: datetime, at: datetime, limit: int) -> int:
    """Gives up old uploads that were never taken into use or never ended; returns how many."""
    rows = await queries.fetch(
        """
        UPDATE files SET released_at = $2, key = NULL
        WHERE id IN (
            SELECT id FROM files
            WHERE claimed_at IS NULL AND released_at IS NULL AND created_at < $1
            ORDER BY created_at LIMIT $3 FOR UPDATE SKIP LOCKED
        )
        RETURNING id
        """,
        created_before,
        at,
        limit,
    )
    return len(rows)


async def given_up(queries: Queries, limit: int) -> list[UUID]:
    """Files whose bytes must go."""
    rows = await queries.fetch(
        "SELECT id FROM files WHERE released_at IS NOT NULL ORDER BY released_at LIMIT $1", limit
    )
    return [row["id"] for row in rows]


async def forget(queries: Queries, ids: Sequence[UUID]) -> int:
    """Removes the rows of files whose bytes are gone, and texts that belong to none; returns how many files."""
    rows = await queries.fetch(
        "DELETE FROM files WHERE id = ANY ($1::uuid[]) AND released_at IS NOT NULL RETURNING sha256", list(ids)
    )
    await queries.execute(
        """
        DELETE FROM content_texts t
        WHERE t.sha256 = ANY ($1::bytea[]) AND NOT EXISTS (SELECT FROM files f WHERE f.sha256 = t.sha256)
        """,
        [row["sha256"] for row in rows if row["sha256"] is not None],
    )
    return len(rows)


async def kept(queries: Queries) -> list[Any]:
    """Every file whose bytes are safe and that was not given up, by id; also where the schema is an earlier one."""
    return await queries.fetch(
        """
        SELECT id, size, has_thumbnail,
            ARRAY(
                SELECT value::integer
                FROM jsonb_array_elements_text(coalesce(to_jsonb(f) -> 'copy_widths', '[]')) AS value
            ) AS copy_widths
        FROM files f
        WHERE stored_at IS NOT NULL AND released_at IS NULL
        ORDER BY id
        """
    )
