"""Statements about the name of the organisation and prices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries
from estafette.communications.models.previews import Price


async def organisation(queries: Queries) -> str | None:
    """As letters to clients name it."""
    return await queries.fetchval("SELECT organisation FROM communication_settings")


async def put_organisation(queries: Queries, name: str, by: UUID, at: datetime) -> None:
    """Gives it another name."""
    await queries.execute(
        """
        INSERT INTO communication_settings (organisation, changed_at, changed_by) VALUES ($1, $2, $3)
        ON CONFLICT (sole) DO UPDATE SET organisation = $1, changed_at = $2, changed_by = $3
        """,
        name,
        at,
        by,
    )


async def prices(queries: Queries) -> list[Price]:
    """What a message costs by each channel of which that is known."""
    rows = await queries.fetch(
        "SELECT channel, currency, trim_scale(price)::text AS price FROM communication_prices ORDER BY channel"
    )
    return [Price(channel=row["channel"], currency=row["currency"], price=row["price"]) for row in rows]


async def put_prices(queries: Queries, new: Sequence[Price]) -> None:
    """These prices and no others; the settings must be locked."""
    await queries.execute(
        """
        INSERT INTO communication_prices (channel, currency, price)
        SELECT channel, currency, price::numeric
        FROM unnest((SELECT $1::text[]), (SELECT $2::text[]), (SELECT $3::text[])) AS given (channel, currency, price)
        ON CONFLICT (channel) DO UPDATE SET currency = excluded.currency, price = excluded.price
        """,
        [each.channel for each in new],
        [each.currency for each in new],
        [each.price for each in new],
    )
    await queries.execute(
        "DELETE FROM communication_prices WHERE NOT channel = ANY ($1::text[])", [each.channel for each in new]
    )
