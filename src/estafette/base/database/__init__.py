"""The one way to PostgreSQL: reads, and transactions whose announcements go out after the commit."""

from estafette.base.database.database import Database
from estafette.base.database.pool import open_pool
from estafette.base.database.statements import DATABASE_IS_AWAY, Queries, one, tuples
from estafette.base.database.transaction import Transaction

__all__ = ["DATABASE_IS_AWAY", "Database", "Queries", "Transaction", "one", "open_pool", "tuples"]
