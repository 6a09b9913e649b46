"""Statements about uploads in parts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.files.models import Part, Upload


def _upload(row: Any) -> Upload:
    return Upload(
        id=row["id"],
        name=row["name"],
        size=row["size"],
        received=row["received"],
        expires_at=row["expires_at"],
        created_at=row["created_at"],
        file_id=row["file_id"],
    )


async def lock_owner(transaction: Transaction, owner_id: UUID) -> None:
    """Lets whoever begins an upload for the same owner wait until the transaction ends."""
    await transaction.execute("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 44))", str(owner_id))


async def unfinished(queries: Queries, owner_id: UUID, at: datetime) -> int:
    """How many uploads of an owner are under way."""
    found: int = await queries.fetchval(
        "SELECT count(*) FROM uploads WHERE owner_id = $1 AND file_id IS NULL AND expires_at > $2", owner_id, at
    )
    return found


async def begin(queries: Queries, upload: Upload, owner_id: UUID, key: str | None) -> None:
    """Notes that an upload begins."""
    await queries.execute(
        """
        INSERT INTO uploads (id, owner_id, name, key, size, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        upload.id,
        owner_id,
        upload.name,
        key,
        upload.size,
        upload.created_at,
        upload.expires_at,
    )


async def by_key(queries: Queries, owner_id: UUID, key: str) -> Upload | None:
    """The upload that an idempotency key stands for."""
    row = await queries.fetchrow(
        """
        SELECT id, name, size, received, expires_at, created_at, file_id FROM uploads
        WHERE owner_id = $1 AND key = $2
        """,
        owner_id,
        key,
    )
    return _upload(row) if row else None


async def find(queries: Queries, owner_id: UUID, upload_id: UUID, at: datetime) -> Upload | None:
    """An upload of an owner that has not expired."""
    row = await queries.fetchrow(
        """
        SELECT id, name, size, received, expires_at, created_at, file_id FROM uploads
        WHERE id = $2 AND owner_id = $1 AND expires_at > $3
        """,
        owner_id,
        upload_id,
        at,
    )
    return _upload(row) if row else None


async def take(queries: Queries, upload_id: UUID, offset: int, writer: UUID) -> bool:
    """Makes a request the one that may add to an upload; False when it does not know how far that is."""
    found: bool | None = await queries.fetchval(
        "UPDATE uploads SET writer = $3 WHERE id = $1 AND received = $2 AND file_id IS NULL RETURNING true",
        upload_id,
        offset,
        writer,
    )
    return found or False


async def is_writer(queries: Queries, upload_id: UUID, writer: UUID) -> bool:
    """Whether a request may still add to an upload."""
    found: bool | None = await queries.fetchval(
        "SELECT true FROM uploads WHERE id = $1 AND writer = $2", upload_id, writer
    )
    return found or False


async def begin_part(
    queries: Queries, upload_id: UUID, content_id: UUID, place: int, writer: UUID, most_beyond: int, full: int
) -> bool:
    """Notes that the bytes of a part are about to come; False when they may not.

    They may not when the upload is gone, or another request adds to it, or it lies in too many parts: `most_beyond`
    more than it would need if each were `full`.
    """
    found: bool | None = await queries.fetchval(
        """
        WITH upload AS (
            SELECT id FROM uploads
            WHERE id = $1 AND writer = $4
                AND (SELECT count(*) FROM upload_parts WHERE upload_id = $1) < $5::bigint + size / $6::bigint
            FOR KEY SHARE
        ), content AS (
            INSERT INTO contents (id) SELECT $2 FROM upload
        )
        INSERT INTO upload_parts (content_id, upload_id, place) SELECT $2, id, $3 FROM upload RETURNING true
        """,
        upload_id,
        content_id,
        place,
        writer,
        most_beyond,
        full,
    )
    return found or False


async def count(queries: Queries, upload_id: UUID, writer: UUID, parts: Sequence[Part], expires_at: datetime) -> bool:
    """Counts parts that are safe; False when another request has taken the writer's place."""
    found: bool | None = await queries.fetchval(
        """
        WITH upload AS (
            UPDATE uploads SET received = received + $3, expires_at = $4
            WHERE id = $1 AND writer = $2 AND received = $5
            RETURNING id
        ), counted AS (
            UPDATE upload_parts p SET size = given.size
            FROM unnest($6::uuid[], $7::bigint[]) AS given (content_id, size), upload
            WHERE p.content_id = given.content_id
        )
        SELECT true FROM upload
        """,
        upload_id,
        writer,
        sum(each.size for each in parts),
        expires_at,
        parts[0].place,
        [each.content_id for each in parts],
        [each.size for each in parts],
    )
    return found or False


async def parts(queries: Queries, upload_id: UUID) -> list[Part]:
    """The parts of an upload that are safe, in order."""
    rows = await queries.fetch(
        """
        SELECT content_id, place, size FROM upload_parts WHERE upload_id = $1 AND size IS NOT NULL ORDER BY place
        """,
        upload_id,
    )
    return [Part(row["content_id"], row["place"], row["size"]) for row in rows]


async def give_up_parts(queries: Queries, content_ids: Sequence[UUID], at: datetime) -> list[UUID]:
    """Gives up those parts that were not counted; returns their contents."""
    rows = await queries.fetch(
        """
        WITH gone AS (
            DELETE FROM upload_parts WHERE content_id = ANY ($1::uuid[]) AND size IS NULL RETURNING content_id
        )
        UPDATE contents SET given_up_at = $2 WHERE id IN (SELECT content_id FROM gone) RETURNING id
        """,
        list(content_ids),
        at,
    )
    return [row["id"] for row in rows]


async def finish(queries: Queries, upload_id: UUID, file_id: UUID, at: datetime) -> list[UUID] | None:
    """Notes what becomes of an upload and gives up its parts; returns their contents.

    None when it was ended meanwhile, or something became of it.
    """
    found: list[UUID] | None = await queries.fetchval(
        """
        WITH done AS (
            UPDATE uploads SET file_id = $2, writer = NULL WHERE id = $1 AND file_id IS NULL RETURNING id
        ), gone AS (
            DELETE FROM upload_parts p USING done WHERE p.upload_id = done.id RETURNING p.content_id
        ), given_up AS (
            UPDATE contents SET given_up_at = $3 WHERE id IN (SELECT content_id FROM gone) RETURNING id
        )
        SELECT ARRAY(SELECT id FROM given_up) FROM done
        """,
        upload_id,
        file_id,
        at,
    )
    return found


async def end(transaction: Transaction, ids: Sequence[UUID], at: datetime) -> tuple[list[UUID], int]:
    """Removes uploads and gives up their parts; returns the contents of these, and the bytes that became no file.

    Locked first: a part that began meanwhile is seen afterwards.
    """
    await transaction.execute("SELECT FROM uploads WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", list(ids))
    rows = await transaction.fetch(
        """
        WITH gone AS (DELETE FROM upload_parts WHERE upload_id = ANY ($1::uuid[]) RETURNING content_id)
        UPDATE contents SET given_up_at = $2 WHERE id IN (SELECT content_id FROM gone) RETURNING id
        """,
        list(ids),
        at,
    )
    gone = await transaction.fetch("DELETE FROM uploads WHERE id = ANY ($1::uuid[]) RETURNING size, file_id", list(ids))
    return [row["id"] for row in rows], sum(row["size"] for row in gone if row["file_id"] is None)


async def expired(queries: Queries, at: datetime, limit: int) -> list[UUID]:
    """Uploads whose time is over."""
    rows = await queries.fetch("SELECT id FROM uploads WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2", at, limit)
    return [row["id"] for row in rows]
