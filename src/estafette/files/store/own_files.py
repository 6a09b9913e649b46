"""Statements about what one owner uploaded and is in use."""

from uuid import UUID

from estafette.base.database import Queries, one
from estafette.files.models import File, OwnFile


async def page(queries: Queries, owner_id: UUID, before: UUID | None, limit: int) -> list[OwnFile]:
    """Files of an owner before one of them, newest first."""
    rows = await queries.fetch(
        """
        SELECT id, name, media_type, size, width, height, has_thumbnail, created_at FROM files
        WHERE owner_id = $1 AND claimed_at IS NOT NULL AND released_at IS NULL AND ($2::uuid IS NULL OR id < $2)
        ORDER BY id DESC LIMIT $3
        """,
        owner_id,
        before,
        limit,
    )
    return [
        OwnFile(
            file=File(
                id=row["id"],
                name=row["name"],
                media_type=row["media_type"],
                size=row["size"],
                width=row["width"],
                height=row["height"],
                has_thumbnail=row["has_thumbnail"],
            ),
            at=row["created_at"],
        )
        for row in rows
    ]


async def usage(queries: Queries, owner_id: UUID) -> tuple[int, int]:
    """How many files of an owner are in use, and their bytes in all."""
    row = one(
        await queries.fetchrow(
            """
            SELECT count(*) AS files, coalesce(sum(size), 0)::bigint AS bytes FROM files
            WHERE owner_id = $1 AND claimed_at IS NOT NULL AND released_at IS NULL
            """,
            owner_id,
        )
    )
    return row["files"], row["bytes"]
