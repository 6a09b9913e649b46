"""What can be done with the search: index, forget, find."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.base.errors import invalid
from estafette.search import store
from estafette.search.models import AS_WRITTEN, Document, Forgotten, Hit
from estafette.search.rules import MAX_QUERY
from estafette.search.rules.queries import tsquery
from estafette.search.rules.questions import alternatives
from estafette.search.rules.words import folded, is_cyrillic, is_inflected, quoted, signs, words, written

KNOWN_WORDS: Final = 50_000

# What the stemmers make of a word, in the notation of tsvector: they cost ten times what it costs to remember it.
_stems: dict[str, str] = {}


async def index(transaction: Transaction, documents: Sequence[Document]) -> None:
    """Makes documents findable; one that is there in the same or a newer version stays as it is."""
    latest = {each.id: each for each in sorted(documents, key=lambda each: each.version)}
    if latest:
        said = {each.id: words(each.text) for each in latest.values()}
        stems = await _stems_of(transaction, {word for each in said.values() for word in each if is_inflected(word)})
        await store.keep(
            transaction, [(each, written(said[each.id], stems, signs(each.text))) for each in latest.values()]
        )


async def forget(transaction: Transaction, gone: Sequence[Forgotten]) -> None:
    """Removes documents for good: indexing the same or an older version later brings nothing back."""
    latest = {each.id: each for each in sorted(gone, key=lambda each: each.version)}
    if latest:
        await store.forget(transaction, list(latest.values()))


async def reassign(transaction: Transaction, container_id: UUID, audience: Sequence[UUID], limit: int) -> int:
    """Lets what is in a container be found by another audience, `limit` entries at most; returns how many."""
    return await store.reassign(transaction, container_id, audience, limit)


async def _stems_of(queries: Queries, said: set[str]) -> dict[str, str]:
    found = {word: _stems[word] for word in said if word in _stems}
    unknown = [(word, folded(word), is_cyrillic(word)) for word in said if word not in found]
    if unknown:
        asked = {word: " ".join(map(quoted, stems)) for word, stems in await store.stems(queries, unknown)}
        if len(_stems) + len(asked) > KNOWN_WORDS:
            _stems.clear()
        _stems.update(asked)
        found |= asked
    return found


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

    Raises Invalid on field `q` beyond 200 characters; a query without a word or sign finds nothing.
    """
    if len(q) > MAX_QUERY:
        raise invalid("q", "too_long", max=MAX_QUERY)
    asked = alternatives(q)
    if not asked or not audience:
        return []
    wanted = sorted({word for terms in asked for term in terms for word in term.words})
    inflected = [word for word in wanted if is_inflected(word)]
    forms = dict.fromkeys(wanted, AS_WRITTEN)
    if inflected:
        forms |= await store.forms(queries, inflected, list(map(folded, inflected)))
    query = tsquery(asked, forms)
    scope = store.Scope(kind, list(audience), container_id, before or store.NEWEST)
    newest = store.among_newest if container_id is None else store.among_newest_within
    hits = await newest(queries, query, scope, limit)
    if len(hits) < limit:
        hits = await store.among_all(queries, query, scope, limit)
    return hits
