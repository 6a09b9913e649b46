"""Statements about what a person's bell shows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from estafette.base.database import Queries
from estafette.notifications.models.lists import NotificationRow

COUNTED: Final = 100


async def page(
    queries: Queries, person_id: UUID, unread: bool | None, before: tuple[datetime, UUID] | None, limit: int
) -> list[NotificationRow]:
    """A person's notifications, newest change first."""
    rows = await queries.fetch(
        """
        SELECT id, person_id, kind, topic_id, party_id, first_number, urgent, created_at, changed_at, read_at
        FROM notifications
        WHERE person_id = $1 AND in_app AND ($2::boolean IS NULL OR (read_at IS NULL) = $2)
            AND ($3::timestamptz IS NULL OR (changed_at, id) < ($3, $4::uuid))
        ORDER BY changed_at DESC, id DESC LIMIT $5
        """,
        person_id,
        unread,
        before[0] if before else None,
        before[1] if before else None,
        limit,
    )
    return [NotificationRow(**row) for row in rows]


async def count_unread(queries: Queries, person_id: UUID) -> int:
    """How many are unread, counted to 100 at most."""
    return await queries.fetchval(
        """
        SELECT count(*) FROM (
            SELECT 1 FROM notifications WHERE person_id = $1 AND in_app AND read_at IS NULL
            ORDER BY changed_at DESC, id DESC LIMIT $2
        ) AS unread
        """,
        person_id,
        COUNTED,
    )


async def read(
    queries: Queries, person_id: UUID, ids: Sequence[UUID] | None, topic_id: UUID | None, now: datetime
) -> bool:
    """Marks a person's notifications read (of the ids, of a topic, or all) and ends their ladders; whether any."""
    return bool(
        await queries.fetch(
            """
            WITH unread AS MATERIALIZED (
                SELECT id FROM notifications
                WHERE person_id = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY ($2))
                    AND ($3::uuid IS NULL OR topic_id = $3)
                ORDER BY person_id, topic_id FOR NO KEY UPDATE
            ), gone AS (
                DELETE FROM notification_steps WHERE notification_id = ANY (ARRAY(SELECT id FROM unread))
            )
            UPDATE notifications SET read_at = $4 WHERE id = ANY (ARRAY(SELECT id FROM unread)) RETURNING true
            """,
            person_id,
            ids,
            topic_id,
            now,
        )
    )


async def close(queries: Queries, ids: Sequence[UUID], now: datetime) -> None:
    """Marks notifications read of which there is nothing to tell any more, and ends their ladders."""
    await queries.execute(
        """
        WITH gone AS (
            DELETE FROM notification_steps WHERE notification_id = ANY ($1::uuid[])
        )
        UPDATE notifications SET read_at = $2 WHERE id = ANY ($1::uuid[]) AND read_at IS NULL
        """,
        ids,
        now,
    )


async def forget_old(queries: Queries, before: datetime, limit: int) -> int:
    """Removes what was read before a time, at most `limit`; how many there were."""
    return len(
        await queries.fetch(
            """
            DELETE FROM notifications WHERE id = ANY (ARRAY(
                SELECT id FROM notifications WHERE read_at < $1 ORDER BY read_at LIMIT $2 FOR UPDATE SKIP LOCKED
            ))
            RETURNING true
            """,
            before,
            limit,
        )
    )
