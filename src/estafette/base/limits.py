"""Rate limits that hold over all processes, kept in PostgreSQL."""

from collections.abc import Sequence
from math import ceil

from estafette.base.database import Database, one
from estafette.base.errors import TooMany


async def take(database: Database, bucket: str, *, limit: int, seconds: int) -> None:
    """Counts one attempt in a bucket of `limit` per `seconds`; raises TooMany with the seconds to wait.

    It counts outside the request's own transaction, so that an attempt that fails is counted too.
    """
    row = one(
        await database.apart.fetchrow(
            """
            INSERT INTO rate_limits (bucket, count, ends_at) VALUES ($1, 1, now() + make_interval(secs => $2))
            ON CONFLICT (bucket) DO UPDATE SET
                count = CASE WHEN rate_limits.ends_at <= now() THEN 1 ELSE rate_limits.count + 1 END,
                ends_at = CASE WHEN rate_limits.ends_at <= now() THEN excluded.ends_at ELSE rate_limits.ends_at END
            RETURNING count, extract(epoch FROM ends_at - now())::float8 AS seconds_left
            """,
            bucket[:300],
            float(seconds),
        )
    )
    if row["count"] > limit:
        raise TooMany(retry_after=max(1, ceil(row["seconds_left"])))


async def take_all(database: Database, buckets: Sequence[tuple[str, int, int]]) -> None:
    """Counts one attempt in each of (bucket, limit, seconds), in one statement; raises TooMany for the longest wait."""
    limits = {bucket[:300]: limit for bucket, limit, _ in buckets}
    rows = await database.apart.fetch(
        """
        INSERT INTO rate_limits (bucket, count, ends_at)
        SELECT bucket, 1, now() + make_interval(secs => seconds)
        FROM unnest($1::text[], $2::float8[]) AS given (bucket, seconds) ORDER BY bucket
        ON CONFLICT (bucket) DO UPDATE SET
            count = CASE WHEN rate_limits.ends_at <= now() THEN 1 ELSE rate_limits.count + 1 END,
            ends_at = CASE WHEN rate_limits.ends_at <= now() THEN excluded.ends_at ELSE rate_limits.ends_at END
        RETURNING bucket, count, extract(epoch FROM ends_at - now())::float8 AS seconds_left
        """,
        list(limits),
        [float(seconds) for _, _, seconds in buckets],
    )
    left = [row["seconds_left"] for row in rows if row["count"] > limits[row["bucket"]]]
    if left:
        raise TooMany(retry_after=max(1, ceil(max(left))))


async def forget_ended(database: Database) -> None:
    """Removes buckets whose time is over."""
    await database.apart.execute("DELETE FROM rate_limits WHERE ends_at < now() - interval '1 minute'")
