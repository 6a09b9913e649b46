"""What can be done with the search: index, forget, find."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.base.errors import invalid
from estafette.search import store
from estafette.search.models import Document, Forgotten, Hit
from estafette.search.rules import MAX_QUERY
from estafette.search.rules.queries import tsquery
from estafette.search.rules.questions import alternatives
from estafette.search.rules.words import folded, spelled


async def index(transaction: Transaction, documents: Sequence[Document]) -> None:
    """Makes documents findable; one that is there in the same or a newer version stays as it is."""
    latest = {each.id: each for each in sorted(documents, key=lambda each: each.version)}
    if latest:
        await store.keep(transaction, [(each, spelled(each.text)) for each in latest.values()])


async def forget(transaction: Transaction, gone: Sequence[Forgotten]) -> None:
    """Removes documents for good: indexing the same or an older version later brings nothing back."""
    latest = {each.id: each for each in sorted(gone, key=lambda each: each.version)}
    if latest:
        await store.forget(transaction, list(latest.values()))


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
    if len(q) > MAX_QUERY:
        raise invalid("q", "too_long", max=MAX_QUERY)
    asked = alternatives(q)
    if not asked or not audience:
        return []
    words = sorted({word for terms in asked for term in terms for word in term.words})
    query = tsquery(asked, await store.forms(queries, words, [folded(word) for word in words]))
    scope = store.Scope(kind, list(audience), container_id, before or store.NEWEST)
    newest = store.among_newest if container_id is None else store.among_newest_within
    hits = await newest(queries, query, scope, limit)
    if len(hits) < limit:
        hits = await store.among_all(queries, query, scope, limit)
    return hits
