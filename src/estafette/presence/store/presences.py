"""Statements about what people say of themselves, and about who is there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.presence.models.presences import ChosenStatus, CustomStatus, PresenceRow


async def read(queries: Queries, people: Sequence[UUID], shift: timedelta) -> list[PresenceRow]:
    """What is stored of those who are employees; whoever is connected to a dead process only is not connected."""
    rows = await queries.fetch(
        """
        SELECT person_id, status, status_until, emoji, custom_text, custom_until, last_seen_at,
            coalesce(last_seen_hidden, false) AS last_seen_hidden, here.is_active
        FROM unnest((SELECT $1::uuid[])) AS given (person_id)
        JOIN employees USING (person_id)
        LEFT JOIN presences USING (person_id)
        CROSS JOIN LATERAL (
            SELECT bool_or(c.is_active) AS is_active
            FROM presence_connections c JOIN presence_processes p ON p.id = c.process_id
            WHERE c.person_id = given.person_id AND p.expires_at > now() + $2::interval
        ) here
        """,
        people,
        shift,
    )
    return [PresenceRow(**row) for row in rows]


async def lock(transaction: Transaction, person_id: UUID) -> PresenceRow:
    """What is stored of a person, about to be changed; their connections are left out."""
    await transaction.execute(
        "INSERT INTO presences (person_id) VALUES ($1) ON CONFLICT (person_id) DO NOTHING", person_id
    )
    row = await transaction.fetchrow(
        """
        SELECT person_id, status, status_until, emoji, custom_text, custom_until, last_seen_at, last_seen_hidden
        FROM presences WHERE person_id = $1 FOR UPDATE
        """,
        person_id,
    )
    return PresenceRow(**row) if row else PresenceRow(person_id=person_id)


async def keep_status(
    transaction: Transaction, person_id: UUID, status: ChosenStatus | None, until: datetime | None
) -> None:
    """Stores the status by hand of a person whose row is locked."""
    await transaction.execute(
        "UPDATE presences SET status = $2, status_until = $3 WHERE person_id = $1", person_id, status, until
    )


async def keep_custom(transaction: Transaction, person_id: UUID, custom: CustomStatus) -> None:
    """Stores what a person, whose row is locked, says of themselves; nothing: both empty."""
    await transaction.execute(
        "UPDATE presences SET emoji = $2, custom_text = $3, custom_until = $4 WHERE person_id = $1",
        person_id,
        custom.emoji or None,
        custom.text or None,
        custom.until,
    )


async def keep_last_seen_hidden(transaction: Transaction, person_id: UUID, hidden: bool) -> None:
    """Stores whether colleagues are told when a person, whose row is locked, was last connected."""
    await transaction.execute("UPDATE presences SET last_seen_hidden = $2 WHERE person_id = $1", person_id, hidden)
