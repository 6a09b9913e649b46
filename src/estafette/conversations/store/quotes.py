"""Statements about messages that others reply to."""

from collections.abc import Sequence
from uuid import UUID

from estafette.accounts import Card
from estafette.base.database import Queries
from estafette.conversations.models.messages import Quoted


async def by_ids(queries: Queries, message_ids: Sequence[UUID]) -> dict[UUID, Quoted]:
    """Messages as they are quoted, as they are now."""
    rows = await queries.fetch(
        """
        SELECT m.id, m.ordinal, m.sender_id, left(m.text, 200) AS excerpt, m.deleted_at IS NOT NULL AS deleted,
            coalesce(jsonb_array_length(m.attachments), 0) AS attachments, k.name, k.picture
        FROM messages m LEFT JOIN person_cards k ON k.id = m.sender_id
        WHERE m.id = ANY ((SELECT $1::uuid[])::uuid[])
        """,
        message_ids,
    )
    return {
        row["id"]: Quoted(
            id=row["id"],
            ordinal=row["ordinal"],
            sender=None
            if row["sender_id"] is None
            else Card(id=row["sender_id"], name=row["name"] or "", picture=row["picture"]),
            excerpt=row["excerpt"],
            attachments=row["attachments"],
            deleted=row["deleted"],
        )
        for row in rows
    }
