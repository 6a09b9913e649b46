"""Statements about pictures: which are to be stripped of private data, and which are to be copied."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Queries


async def unstripped(queries: Queries, tries: int, limit: int) -> list[UUID]:
    """Files that may still tell of people and were tried less often, those first that were least."""
    rows = await queries.fetch(
        "SELECT file_id FROM unstripped_pictures WHERE tries < $1 ORDER BY tries, file_id LIMIT $2", tries, limit
    )
    return [row["file_id"] for row in rows]


async def count_try_to_strip(queries: Queries, file_id: UUID) -> None:
    """Counts that a file could not be stripped."""
    await queries.execute("UPDATE unstripped_pictures SET tries = tries + 1 WHERE file_id = $1", file_id)


async def replace_content(queries: Queries, file_id: UUID, size: int, sha256: bytes) -> None:
    """Notes that other bytes of a file are kept now."""
    await queries.execute("UPDATE files SET size = $2, sha256 = $3 WHERE id = $1", file_id, size, sha256)


async def forget_unstripped(queries: Queries, file_id: UUID) -> None:
    """Notes that a file needs no further look."""
    await queries.execute("DELETE FROM unstripped_pictures WHERE file_id = $1", file_id)


async def ask_for_copies(queries: Queries, file_id: UUID) -> None:
    """Notes that the worker is to make copies of a picture."""
    await queries.execute("INSERT INTO uncopied_pictures (file_id) VALUES ($1) ON CONFLICT DO NOTHING", file_id)


async def uncopied(queries: Queries, tries: int, limit: int) -> list[UUID]:
    """Pictures that wait for their copies and were tried less often, those first that were least."""
    rows = await queries.fetch(
        "SELECT file_id FROM uncopied_pictures WHERE tries < $1 ORDER BY tries, file_id LIMIT $2", tries, limit
    )
    return [row["file_id"] for row in rows]


async def count_try_to_copy(queries: Queries, file_id: UUID) -> None:
    """Counts that a picture could not be copied."""
    await queries.execute("UPDATE uncopied_pictures SET tries = tries + 1 WHERE file_id = $1", file_id)


async def keep_copies(queries: Queries, file_id: UUID, content_id: UUID, widths: Sequence[int]) -> None:
    """Notes which copies lie beside a content of a picture, and that it waits no more.

    A picture that came to share another content meanwhile waits on.
    """
    await queries.execute(
        """
        WITH copied AS (
            UPDATE files SET copy_widths = $2::smallint[] WHERE id = $1 AND content_id = $3 RETURNING id
        )
        DELETE FROM uncopied_pictures u USING copied WHERE u.file_id = copied.id
        """,
        file_id,
        list(widths),
        content_id,
    )


async def forget_uncopied(queries: Queries, file_id: UUID) -> None:
    """Notes that a picture needs no copies."""
    await queries.execute("DELETE FROM uncopied_pictures WHERE file_id = $1", file_id)
