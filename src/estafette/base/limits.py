"""Rate limits that hold over all processes, kept in PostgreSQL."""

from collections import Counter
from collections.abc import Sequence
from math import ceil

import msgspec

from estafette.base.database import Database, Queries, Transaction, one, tuples
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


async def give_back(database: Database, bucket: str) -> None:
    """Counts one attempt less: it was none of those that the bucket is for."""
    await database.apart.execute(
        "UPDATE rate_limits SET count = count - 1 WHERE bucket = $1 AND count > 0 AND ends_at > now()", bucket[:300]
    )


class Allowance(msgspec.Struct, frozen=True):
    """At most `limit` in `seconds`, counted in a bucket."""

    bucket: str
    limit: int
    seconds: int


async def take_together(transaction: Transaction, wanted: Sequence[Sequence[Allowance]]) -> list[TooMany | None]:
    """Counts one in all buckets of each; who is over the limit of one of them gets TooMany and counts nowhere.

    What joins the transaction is counted when it is stored. All that share a bucket give it the same limit.
    """
    allowances = {each.bucket: each for alike in wanted for each in alike}
    asked = Counter(each.bucket for alike in wanted for each in alike)
    if not asked:
        return [None] * len(wanted)
    rows = await transaction.fetch(
        """
        INSERT INTO rate_limits (bucket, count, ends_at)
        SELECT bucket, count, now() + make_interval(secs => seconds)
        FROM unnest((SELECT $1::text[]), (SELECT $2::integer[]), (SELECT $3::float8[]))
            AS given (bucket, count, seconds)
        -- In one order, so that two who count the same do not wait for each other in a circle.
        ORDER BY bucket
        ON CONFLICT (bucket) DO UPDATE SET
            count = CASE
                WHEN rate_limits.ends_at <= now() THEN excluded.count ELSE rate_limits.count + excluded.count
            END,
            ends_at = CASE WHEN rate_limits.ends_at <= now() THEN excluded.ends_at ELSE rate_limits.ends_at END
        RETURNING bucket, count, extract(epoch FROM ends_at - now())::float8 AS seconds_left
        """,
        *tuples([(bucket, count, float(allowances[bucket].seconds)) for bucket, count in asked.items()]),
    )
    taken = {row["bucket"]: row["count"] - asked[row["bucket"]] for row in rows}
    left = {row["bucket"]: row["seconds_left"] for row in rows}
    outcomes: list[TooMany | None] = []
    refused: Counter[str] = Counter()
    for alike in wanted:
        full = next((each for each in alike if taken[each.bucket] >= each.limit), None)
        if full is None:
            for each in alike:
                taken[each.bucket] += 1
        else:
            refused.update(each.bucket for each in alike)
        outcomes.append(None if full is None else TooMany(retry_after=max(1, ceil(left[full.bucket]))))
    if refused:
        await transaction.execute(
            """
            UPDATE rate_limits SET count = rate_limits.count - given.count
            FROM unnest((SELECT $1::text[]), (SELECT $2::integer[])) AS given (bucket, count)
            WHERE rate_limits.bucket = given.bucket
            """,
            *tuples(list(refused.items())),
        )
    return outcomes


async def full(queries: Queries, allowances: Sequence[Allowance]) -> TooMany | None:
    """What the next one of these would get; nothing is counted."""
    rows = await queries.fetch(
        """
        SELECT bucket, count, extract(epoch FROM ends_at - now())::float8 AS seconds_left FROM rate_limits
        WHERE bucket = ANY ((SELECT $1::text[])::text[]) AND ends_at > now()
        """,
        [each.bucket for each in allowances],
    )
    limit = {each.bucket: each.limit for each in allowances}
    left = [row["seconds_left"] for row in rows if row["count"] >= limit[row["bucket"]]]
    return TooMany(retry_after=max(1, ceil(max(left)))) if left else None


async def forget_ended(database: Database) -> None:
    """Removes buckets whose time is over."""
    await database.apart.execute("DELETE FROM rate_limits WHERE ends_at < now() - interval '1 minute'")
