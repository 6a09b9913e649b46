"""Statements about what people have begun to write."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.conversations.models.drafts import DraftPut, SavedDraft
from estafette.conversations.store import quotes


async def put(
    transaction: Transaction, person_id: UUID, conversation_id: UUID, draft: DraftPut, at: datetime
) -> SavedDraft | None:
    """Stores what is written so far, in place of the revision that was seen; None when another one is there."""
    row: Any = await transaction.fetchrow(
        """
        INSERT INTO drafts AS d (person_id, conversation_id, text, mentions, reply_to, changed_at)
        SELECT $1, $2, $3, $4::uuid[], $5, $6
        WHERE $7 = 0 OR EXISTS (SELECT FROM drafts WHERE person_id = $1 AND conversation_id = $2)
        ON CONFLICT (person_id, conversation_id) DO UPDATE SET text = excluded.text, mentions = excluded.mentions,
            reply_to = excluded.reply_to, revision = excluded.revision, changed_at = excluded.changed_at
            WHERE d.revision = $7
        RETURNING conversation_id, text, mentions, reply_to, revision, changed_at, (
            SELECT m.id FROM messages m
            WHERE m.id = d.reply_to AND m.conversation_id = d.conversation_id AND m.deleted_at IS NULL
        ) AS quoted_id
        """,
        person_id,
        conversation_id,
        draft.text,
        draft.mentions,
        draft.reply_to,
        at,
        draft.revision,
    )
    return (await _with_quotes(transaction, [row]))[0] if row else None


async def remove(transaction: Transaction, person_id: UUID, conversation_id: UUID, revision: int) -> bool:
    """Takes a draft away unless a newer one is there; False when nothing was taken away."""
    return (
        await transaction.fetchval(
            """
            DELETE FROM drafts WHERE person_id = $1 AND conversation_id = $2 AND revision <= $3 RETURNING true
            """,
            person_id,
            conversation_id,
            revision,
        )
        is True
    )


async def own(queries: Queries, person_id: UUID, conversation_id: UUID | None, limit: int) -> list[SavedDraft]:
    """What a person has begun to write, in all conversations that they may read or in one, the newest first."""
    rows = await queries.fetch(
        """
        SELECT d.conversation_id, d.text, d.mentions, d.reply_to, d.revision, d.changed_at, q.id AS quoted_id
        FROM drafts d
        JOIN conversations c ON c.id = d.conversation_id
        LEFT JOIN conversations parent ON parent.id = c.parent_id
        LEFT JOIN messages q ON q.id = d.reply_to AND q.conversation_id = d.conversation_id AND q.deleted_at IS NULL
        WHERE d.person_id = $1 AND ($2::uuid IS NULL OR d.conversation_id = $2)
            AND EXISTS (
                SELECT FROM person_topics t
                WHERE t.person_id = $1 AND t.topic_id = ANY (coalesce(parent.readers, c.readers))
            )
        ORDER BY d.revision DESC LIMIT $3
        """,
        person_id,
        conversation_id,
        limit,
    )
    return await _with_quotes(queries, rows)


async def _with_quotes(queries: Queries, rows: Sequence[Any]) -> list[SavedDraft]:
    """Drafts with what they reply to: one statement more where one does."""
    replied_to = [row["quoted_id"] for row in rows if row["quoted_id"] is not None]
    quoted = await quotes.by_ids(queries, replied_to) if replied_to else {}
    return [
        SavedDraft(
            conversation_id=row["conversation_id"],
            text=row["text"],
            mentions=row["mentions"],
            reply_to=row["reply_to"],
            quoted=quoted.get(row["quoted_id"]),
            revision=row["revision"],
            changed_at=row["changed_at"],
        )
        for row in rows
    ]
