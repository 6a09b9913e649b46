"""Statements about the files of a conversation."""

from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.base.database import Queries
from estafette.conversations.models.shared_files import FileKind, SharedFile
from estafette.files import File


async def beyond(queries: Queries, conversation_id: UUID, before: int, messages: int) -> int:
    """The ordinal of the message with files before which `messages` others lie, from an ordinal on; 0 for none."""
    found: int | None = await queries.fetchval(
        """
        SELECT ordinal FROM messages
        WHERE conversation_id = $1 AND attachments IS NOT NULL AND ordinal <= $2
        ORDER BY ordinal DESC OFFSET $3 LIMIT 1
        """,
        conversation_id,
        before,
        messages,
    )
    return found or 0


async def of_conversation(
    queries: Queries, conversation_id: UUID, kind: FileKind | None, before: tuple[int, int], after: int, limit: int
) -> list[tuple[SharedFile, int]]:
    """Files of the messages before a place and after an ordinal, newest first, each with its place in its message.

    A place is the ordinal of a message and the place of a file in it.
    """
    rows = await queries.fetch(
        """
        SELECT m.id, m.ordinal, m.created_at, m.sender_id, k.name, k.picture, f.file, f.place
        FROM messages m
        CROSS JOIN LATERAL jsonb_array_elements(m.attachments) WITH ORDINALITY AS f (file, place)
        LEFT JOIN person_cards k ON k.id = m.sender_id
        WHERE m.conversation_id = $1 AND m.attachments IS NOT NULL AND m.ordinal <= $3 AND m.ordinal > $6
            AND (m.ordinal < $3 OR f.place < $4)
            AND ($2::text IS NULL OR (f.file ->> 'media_type' LIKE 'image/%') = ($2 = 'images'))
        ORDER BY m.ordinal DESC, f.place DESC LIMIT $5
        """,
        conversation_id,
        kind,
        before[0],
        before[1],
        limit,
        after,
    )
    return [
        (
            SharedFile(
                file=msgspec.convert(row["file"], File),
                message_id=row["id"],
                ordinal=row["ordinal"],
                sender=None
                if row["sender_id"] is None
                else Card(id=row["sender_id"], name=row["name"] or "", picture=row["picture"]),
                at=row["created_at"],
            ),
            row["place"],
        )
        for row in rows
    ]
