"""Who waits for whom in the database: so that a test knows it instead of giving it time."""

from estafette.base.database import Database
from tests.waiting import eventually


async def until_somebody_waits(database: Database) -> None:
    """Returns once a transaction of this database waits for a lock that another one holds."""
    await eventually(
        lambda: database.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
    )
