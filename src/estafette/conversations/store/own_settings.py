"""Statements about what people settle for themselves about direct chats, groups and channels."""

from datetime import datetime
from uuid import UUID

from estafette.base.database import Transaction


async def set_favourite(transaction: Transaction, person_id: UUID, conversation_id: UUID, at: datetime | None) -> None:
    """Makes a conversation one of a person's favourites, or (`at` is None) no longer."""
    await transaction.execute(
        """
        INSERT INTO own_settings (person_id, conversation_id, favourite_at) VALUES ($1, $2, $3)
        ON CONFLICT (person_id, conversation_id) DO UPDATE SET favourite_at = excluded.favourite_at
        """,
        person_id,
        conversation_id,
        at,
    )


async def set_muted(transaction: Transaction, person_id: UUID, conversation_id: UUID, at: datetime | None) -> None:
    """Mutes a direct chat for a person, or (`at` is None) lets it be heard again."""
    await transaction.execute(
        """
        INSERT INTO own_settings (person_id, conversation_id, muted_at) VALUES ($1, $2, $3)
        ON CONFLICT (person_id, conversation_id) DO UPDATE SET muted_at = excluded.muted_at
        """,
        person_id,
        conversation_id,
        at,
    )


async def set_put_away(transaction: Transaction, person_id: UUID, conversation_id: UUID, at: datetime | None) -> None:
    """Puts a conversation away for a person as it stands now, or (`at` is None) takes it back."""
    await transaction.execute(
        """
        INSERT INTO own_settings (person_id, conversation_id, put_away_at, put_away_after)
        SELECT $1, c.id, $3, c.last_ordinal FROM conversations c WHERE c.id = $2
        ON CONFLICT (person_id, conversation_id) DO UPDATE SET
            put_away_at = excluded.put_away_at, put_away_after = excluded.put_away_after
        """,
        person_id,
        conversation_id,
        at,
    )
