"""Statements about recipients who must not be written to, as administrators see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries
from estafette.deliveries.models.messages import Channel


async def put(queries: Queries, channel: Channel, recipient: str, reason: str, at: datetime, by_person: UUID) -> Any:
    """Adds a recipient; one that is there already stays as it is."""
    return await queries.fetchrow(
        """
        WITH added AS (
            INSERT INTO suppressions (channel, recipient, reason, at, by_person) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (channel, recipient) DO NOTHING
            RETURNING channel, recipient, reason, at, by_person
        )
        SELECT channel, recipient, reason, at, by_person FROM added
        UNION ALL
        SELECT channel, recipient, reason, at, by_person FROM suppressions WHERE channel = $1 AND recipient = $2
        LIMIT 1
        """,
        channel,
        recipient,
        reason,
        at,
        by_person,
    )


async def listed(
    queries: Queries, channel: Channel | None, begins: str, after: tuple[str, str] | None, limit: int
) -> list[Any]:
    """Recipients in the order of channel and recipient, those that begin with a text."""
    return await queries.fetch(
        """
        SELECT channel, recipient, reason, at, by_person FROM suppressions
        WHERE ($1::text IS NULL OR channel = $1) AND starts_with(recipient, $2)
            AND ($3::text IS NULL OR (channel, recipient) > ($3, $4::text))
        ORDER BY channel, recipient LIMIT $5
        """,
        channel,
        begins,
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )


async def delete(queries: Queries, channel: Channel, recipients: Sequence[str]) -> bool:
    """Takes a recipient off, however it is written; whether it was there."""
    return bool(
        await queries.fetch(
            "DELETE FROM suppressions WHERE channel = $1 AND recipient = ANY ($2::text[]) RETURNING true",
            channel,
            list(recipients),
        )
    )


async def lift(queries: Queries, channel: Channel, recipient: str, reasons: Sequence[str]) -> None:
    """Takes a recipient off that a gateway has put there for one of these reasons."""
    await queries.execute(
        """
        DELETE FROM suppressions
        WHERE channel = $1 AND recipient = $2 AND reason = ANY ($3::text[]) AND by_person IS NULL
        """,
        channel,
        recipient,
        list(reasons),
    )
