"""Statements about files: begun, kept, taken into use, given up, gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.files.models import File, Stored
from estafette.files.store import contents, texts


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
        content_id=row["content_id"],
        claimed_at=row["claimed_at"],
        copy_widths=row["copy_widths"],
    )


async def begin(queries: Queries, file_id: UUID, owner_id: UUID, name: str, at: datetime) -> None:
    """Notes that bytes are about to come, under the path of the file's own id."""
    await queries.execute(
        """
        WITH content AS (INSERT INTO contents (id) VALUES ($1))
        INSERT INTO files (id, content_id, owner_id, name, created_at) VALUES ($1, $1, $2, $3, $4)
        """,
        file_id,
        owner_id,
        name,
        at,
    )


async def finish(
    transaction: Transaction,
    file: File,
    arrived: bytes,
    kept: bytes,
    key: str | None,
    at: datetime,
    *,
    holds_text: bool,
) -> UUID | None:
    """Notes that all bytes are safe, and that the text of what may hold some is to be read; `arrived`, `kept`: digests.

    Returns the content that is shared from now on: another one when the same bytes are kept already, and its own is
    given up then. None when the sweep was faster. Raises UniqueViolationError for a used key.
    """
    await contents.lock_digest(transaction, kept)
    found: UUID | None = await transaction.fetchval(
        """
        WITH shared AS (
            SELECT id FROM contents WHERE sha256 = $5 AND has_thumbnail = $8 FOR KEY SHARE
        ), kept AS (
            UPDATE files
            SET stored_at = $10, media_type = $2, size = $3, sha256 = $4, width = $6, height = $7, has_thumbnail = $8,
                key = $9, content_id = coalesce((SELECT id FROM shared), id)
            WHERE id = $1 AND stored_at IS NULL AND released_at IS NULL
            RETURNING id, owner_id, content_id
        ), unread AS (
            INSERT INTO unread_texts (file_id, owner_id, not_before) SELECT id, owner_id, $10 FROM kept WHERE $11
        ), own AS (
            UPDATE contents c
            SET has_thumbnail = $8,
                given_up_at = CASE WHEN k.content_id <> c.id THEN $10 END,
                sha256 = CASE
                    WHEN k.content_id = c.id
                        AND NOT EXISTS (SELECT FROM contents o WHERE o.sha256 = $5 AND o.has_thumbnail <> $8)
                    THEN $5
                END
            FROM kept k
            WHERE c.id = k.id
        )
        SELECT content_id FROM kept
        """,
        file.id,
        file.media_type,
        file.size,
        arrived,
        kept,
        file.width,
        file.height,
        file.has_thumbnail,
        key,
        at,
        holds_text,
    )
    return found


async def by_key(queries: Queries, owner_id: UUID, key: str) -> Stored | None:
    """The upload that an idempotency key stands for."""
    row = await queries.fetchrow(
        """
        SELECT id, owner_id, name, media_type, size, sha256, width, height, has_thumbnail, claimed_at,
            copy_widths, content_id
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
            copy_widths, content_id
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
            copy_widths, content_id
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


async def give_up_begun(queries: Queries, file_id: UUID, at: datetime) -> None:
    """Marks a file as given up whose bytes were never noted as safe."""
    await queries.execute(
        "UPDATE files SET released_at = $2 WHERE id = $1 AND stored_at IS NULL AND released_at IS NULL", file_id, at
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
    """Files that are to be forgotten."""
    rows = await queries.fetch(
        "SELECT id FROM files WHERE released_at IS NOT NULL ORDER BY released_at LIMIT $1", limit
    )
    return [row["id"] for row in rows]


async def forget(transaction: Transaction, ids: Sequence[UUID], at: datetime) -> tuple[int, list[UUID]]:
    """Removes the rows of files that were given up, and gives up contents and texts with the last of their files.

    Returns how many files there were, and which contents were given up.
    """
    rows = await transaction.fetch(
        "DELETE FROM files WHERE id = ANY ($1::uuid[]) AND released_at IS NOT NULL RETURNING content_id, sha256",
        list(ids),
    )
    given_up = await contents.give_up(transaction, [row["content_id"] for row in rows], at)
    await texts.forget(transaction, [row["sha256"] for row in rows if row["sha256"] is not None])
    return len(rows), given_up


async def kept(queries: Queries) -> list[Any]:
    """Every file whose bytes are safe and that was not given up, by id; also where the schema is an earlier one."""
    return await queries.fetch(
        """
        SELECT coalesce((to_jsonb(f) ->> 'content_id')::uuid, id) AS content_id, size, has_thumbnail,
            ARRAY(
                SELECT value::integer
                FROM jsonb_array_elements_text(coalesce(to_jsonb(f) -> 'copy_widths', '[]')) AS value
            ) AS copy_widths
        FROM files f
        WHERE stored_at IS NOT NULL AND released_at IS NULL
        ORDER BY id
        """
    )
