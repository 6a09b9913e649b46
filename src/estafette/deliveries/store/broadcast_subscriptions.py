"""Statements about browsers that want the news of a topic, of whomever."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from estafette.base.database import Queries, Transaction
from estafette.base.languages import Language
from estafette.deliveries.models.messages import Subscription

# Any constant will do: who subscribes shares this lock, a broadcast that begins has it alone. So it counts exactly
# those whom it will reach, although ids are given before their rows are committed.
_IN_LINE: Final = 7_305_123_411


async def put(
    transaction: Transaction, topic: str, subscription: Subscription, language: Language, at: datetime
) -> Any:
    """Subscribes a browser, or renews that."""
    return await transaction.fetchrow(
        """
        WITH in_line AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared($7))
        INSERT INTO broadcast_subscriptions AS known (topic, endpoint, p256dh, auth, language, created_at)
        SELECT $1, $2, $3, $4, $5, $6 FROM in_line
        ON CONFLICT (endpoint, topic) DO UPDATE SET
            p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language
        RETURNING language, created_at
        """,
        topic,
        subscription.endpoint,
        subscription.p256dh,
        subscription.auth,
        language,
        at,
        _IN_LINE,
    )


async def delete(transaction: Transaction, topic: str, endpoint: str, auth: bytes) -> Language | None:
    """Ends the subscription of who knows its secret; the language it had, None if there was none."""
    return await transaction.fetchval(
        """
        DELETE FROM broadcast_subscriptions WHERE topic = $1 AND endpoint = $2 AND auth = $3 RETURNING language
        """,
        topic,
        endpoint,
        auth,
    )


async def delete_gone(transaction: Transaction, ids: Sequence[int]) -> None:
    """Removes browsers of which their push services say that they are gone."""
    await transaction.execute(
        """
        DELETE FROM broadcast_subscriptions WHERE id IN (
            SELECT id FROM broadcast_subscriptions
            WHERE id = ANY ((SELECT $1::bigint[])::bigint[]) ORDER BY id FOR UPDATE
        )
        """,
        ids,
    )


async def by_language(queries: Queries, topic: str) -> list[Any]:
    """How many there are in each language."""
    return await queries.fetch(
        "SELECT language, count(*) AS count FROM broadcast_subscriptions WHERE topic = $1 GROUP BY language", topic
    )


async def counted(transaction: Transaction, topic: str) -> Any:
    """How many there are (`count`), and the newest (`last`); nobody subscribes until the transaction ends."""
    await transaction.fetchval("SELECT pg_advisory_xact_lock($1)", _IN_LINE)
    return await transaction.fetchrow(
        "SELECT count(*) AS count, coalesce(max(id), 0) AS last FROM broadcast_subscriptions WHERE topic = $1", topic
    )


async def behind(transaction: Transaction, topic: str, reached: int, last: int, limit: int) -> list[Any]:
    """The next subscriptions of a topic, in the order of their ids, not beyond `last`."""
    return await transaction.fetch(
        """
        SELECT id, endpoint, p256dh, auth, language FROM broadcast_subscriptions
        WHERE topic = $1 AND id > $2 AND id <= $3 ORDER BY id LIMIT $4
        """,
        topic,
        reached,
        last,
        limit,
    )


async def among(transaction: Transaction, ids: Sequence[int]) -> list[Any]:
    """Those of these subscriptions that are still there."""
    return await transaction.fetch(
        """
        SELECT id, endpoint, p256dh, auth, language FROM broadcast_subscriptions
        WHERE id = ANY ((SELECT $1::bigint[])::bigint[]) ORDER BY id
        """,
        ids,
    )


async def is_offered(queries: Queries) -> bool:
    """Whether administrators want news offered."""
    return bool(await queries.fetchval("SELECT offered FROM broadcast_settings"))


async def offer(transaction: Transaction, offered: bool) -> None:
    """Notes whether administrators want news offered."""
    await transaction.execute("UPDATE broadcast_settings SET offered = $1", offered)
