"""Statements about who can be reached."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from estafette.base.database import Queries
from estafette.deliveries.models.messages import Channel


async def channels(queries: Queries, patience: timedelta, *, notices: bool) -> list[Any]:
    """Each `channel` of a gateway in use, and whether one of them `works`: is not down for longer than a while.

    With `notices` WhatsApp is one where a gateway has a template for them.
    """
    return await queries.fetch(
        """
        SELECT channel, bool_or(s.down_since IS NULL OR s.down_since > now() - $1::interval) AS works
        FROM gateways g JOIN gateway_states s ON s.gateway_id = g.id CROSS JOIN unnest(g.channels) AS channel
        WHERE g.enabled AND g.removed_at IS NULL
            AND NOT ($2 AND g.transport = 'whatsapp' AND coalesce(g.settings ->> 'notice_template', '') = '')
        GROUP BY channel
        """,
        patience,
        notices,
    )


async def suppressed(queries: Queries, channel: Channel, recipients: Sequence[str]) -> set[str]:
    """Those of the recipients, in small letters, who are suppressed."""
    rows = await queries.fetch(
        """
        SELECT recipient FROM suppressions
        WHERE channel = $1 AND recipient = ANY ((SELECT $2::text[])::text[])
        """,
        channel,
        recipients,
    )
    return {row["recipient"] for row in rows}


async def browsers(queries: Queries, people: Sequence[UUID], now: datetime) -> list[Any]:
    """The push subscriptions of open sessions of people: `person_id, id`, oldest first."""
    return await queries.fetch(
        """
        SELECT s.person_id, p.id
        FROM open_sessions s JOIN push_subscriptions p ON p.session_id = s.id
        WHERE s.person_id = ANY ((SELECT $1::uuid[])::uuid[]) AND s.expires_at > $2
        ORDER BY p.created_at, p.id
        """,
        people,
        now,
    )
