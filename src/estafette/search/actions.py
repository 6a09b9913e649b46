"""What can be done with the search: index, forget, find."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.search.models import Document, Forgotten, Hit


async def index(transaction: Transaction, documents: Sequence[Document]) -> None:
    """Makes documents findable; one that is there in the same or a newer version stays as it is."""
    raise NotImplementedError


async def forget(transaction: Transaction, gone: Sequence[Forgotten]) -> None:
    """Removes documents for good: indexing an older version later brings nothing back."""
    raise NotImplementedError


async def find(
    queries: Queries,
    q: str,
    *,
    kind: str,
    audience: Sequence[UUID],
    container_id: UUID | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 30,
) -> list[Hit]:
    """Documents that hold the words asked for, newest first; `before` is the (at, id) of the last hit seen.

    Raises Invalid on field `q` beyond 200 characters; a query without a word finds nothing.
    """
    raise NotImplementedError
