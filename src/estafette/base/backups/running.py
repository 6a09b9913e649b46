"""While a backup is under way, the bytes of files that its snapshot names are not removed."""

from typing import Any, Final

from estafette.base.database import Queries

_LOCK: Final = 1_162_035_268
"""Any constant below 2^31 that is no one else's; the second number of a pair, so that migrations have another."""


async def announce(connection: Any) -> None:
    """Holds for as long as the connection lives; several backups may be under way."""
    await connection.execute("SELECT pg_advisory_lock_shared(0, $1::integer)", _LOCK)


async def is_under_way(queries: Queries) -> bool:
    """Whether somebody has announced a backup of this database."""
    return await queries.fetchval(
        """
        SELECT EXISTS (
            SELECT FROM pg_locks
            WHERE locktype = 'advisory' AND classid = 0 AND objid::bigint = $1::bigint AND objsubid = 2 AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        )
        """,
        _LOCK,
    )
