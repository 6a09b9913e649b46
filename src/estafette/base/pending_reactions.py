"""Changes whose reactions have not run: claimed by any number of workers, gone in the transaction that reacted."""

from collections.abc import Sequence

from estafette.base.changes import Change
from estafette.base.database import Queries, Transaction

ATTEMPTS = 20


async def claim(transaction: Transaction, limit: int) -> list[tuple[int, Change]]:
    """Takes at most `limit` changes, first those that were never put off; if the transaction fails they are back."""
    # As an array the rows are chosen once; after IN a plan may choose anew for each row, and so take them all.
    rows = await transaction.fetch(
        """
        WITH taken AS (
            DELETE FROM pending_reactions WHERE id = ANY (ARRAY(
                SELECT id FROM pending_reactions WHERE not_before <= now() AND attempts < $2
                ORDER BY not_before, id LIMIT $1 FOR UPDATE SKIP LOCKED
            ))
            RETURNING id, stream_id, number, kind, subject_id, at
        )
        SELECT id, stream_id, number, kind, subject_id, at FROM taken ORDER BY id
        """,
        limit,
        ATTEMPTS,
    )
    return [(row["id"], Change(*tuple(row)[1:])) for row in rows]


async def postpone(queries: Queries, ids: Sequence[int], failure: str) -> None:
    """Puts due changes off after a failure: 1 s, 2 s, 4 s … up to 10 minutes; after 20 attempts a person must look."""
    await queries.execute(
        """
        UPDATE pending_reactions SET attempts = attempts + 1, failure = $2,
            not_before = now() + least(interval '10 minutes', interval '1 second' * power(2, least(attempts, 12)))
        WHERE id = ANY ($1::bigint[])
        """,
        list(ids),
        failure[:500],
    )


async def stuck(queries: Queries) -> int:
    """How many due changes have used up their attempts."""
    return await queries.fetchval("SELECT count(*) FROM pending_reactions WHERE attempts >= $1", ATTEMPTS)


async def waiting(queries: Queries) -> int:
    """How many due changes wait for their reactions."""
    return await queries.fetchval("SELECT count(*) FROM pending_reactions WHERE attempts < $1", ATTEMPTS)
