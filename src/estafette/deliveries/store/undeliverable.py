"""Statements about recipients of whom gateways say that they must not be written to again."""

from collections.abc import Sequence
from datetime import datetime

from estafette.base.database import Transaction, tuples


async def suppress(transaction: Transaction, rows: Sequence[tuple[str, str, str]], now: datetime) -> None:
    """Adds (channel, recipient, reason) to those who are not written to, however their address is written.

    Whose address was forgotten meanwhile has none.
    """
    await transaction.execute(
        """
        INSERT INTO suppressions (channel, recipient, reason, at)
        SELECT channel, lower(recipient), reason, $4
        FROM unnest($1::text[], $2::text[], $3::text[]) AS given (channel, recipient, reason)
        WHERE recipient <> ''
        ORDER BY channel, lower(recipient)
        ON CONFLICT (channel, recipient) DO NOTHING
        """,
        *tuples(rows),
        now,
    )


async def forget_subscriptions(transaction: Transaction, ids: Sequence[str]) -> None:
    """Removes the endpoints of subscriptions whose browsers do not exist any more, with all that subscribe to them."""
    await transaction.execute(
        """
        DELETE FROM push_endpoints
        WHERE id IN (SELECT endpoint_id FROM push_subscriptions WHERE id = ANY (($1::text[])::uuid[]))
        """,
        list(ids),
    )
