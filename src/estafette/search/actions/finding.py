"""Finding documents, newest or best first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from estafette.base.database import Queries
from estafette.base.errors import invalid
from estafette.search import store
from estafette.search.actions.stemming import forms_of
from estafette.search.models import NEWEST, BestMark, Conditions, Hit, Mark
from estafette.search.rules import MAX_QUERY
from estafette.search.rules.queries import tsquery, with_facets
from estafette.search.rules.questions import Term, alternatives

AMONG: Final = 1_000
"""Of so many that match, the newest, the best are found."""
ENOUGH: Final = 100
"""With so many among the newest documents none of the others is looked at for the best."""
FURTHEST: Final = 30_000
"""So many of the newest documents are looked through at most."""
NO_CONDITIONS: Final = Conditions()


async def find(
    queries: Queries,
    q: str,
    *,
    kind: str,
    audience: Sequence[UUID],
    container_id: UUID | None = None,
    before: Mark | None = None,
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
    query = tsquery(asked, await forms_of(queries, (word for terms in asked for term in terms for word in term.words)))
    scope = store.Scope(kind, list(audience), container_id, before or NEWEST)
    return await _newest(queries, query, scope, limit, limit)


async def find_newest(
    queries: Queries,
    words: str,
    conditions: Conditions,
    *,
    kind: str,
    audience: Sequence[UUID],
    before: Mark | None = None,
    limit: int = 30,
) -> list[Hit]:
    """Documents that meet the conditions and hold the words, if there are any, newest first; without both nothing."""
    asked = alternatives(words, beside_others=conditions != NO_CONDITIONS)
    if not audience or (not asked and conditions == NO_CONDITIONS):
        return []
    query, _ = await _query(queries, asked, conditions)
    return await _newest(queries, query, _scope(conditions, kind, audience, before), limit, limit)


async def find_best(
    queries: Queries,
    words: str,
    conditions: Conditions,
    *,
    kind: str,
    audience: Sequence[UUID],
    now: datetime,
    after: BestMark | None = None,
    limit: int = 30,
) -> tuple[list[Hit], BestMark | None]:
    """The best of the newest that match, and where the next page begins; at most 1,000 are compared.

    What holds the words as they are written, often, near the beginning of a short text counts more, and what is old
    less: after half a year half. Each page compares the same documents, so none is lost or repeated.
    """
    asked = alternatives(words, beside_others=conditions != NO_CONDITIONS)
    if not audience or (not asked and conditions == NO_CONDITIONS):
        return [], None
    query, ranking = await _query(queries, asked, conditions)
    anchor = after.anchor if after else now
    scope = _scope(conditions, kind, audience, (anchor, NEWEST[1]))
    found = await _newest(queries, query, scope, AMONG, ENOUGH)
    scores = await store.scores(queries, ranking, [hit.id for hit in found], anchor)
    ranked = sorted(found, key=lambda hit: (-scores.get(hit.id, 0), hit.id))
    if after:
        ranked = [hit for hit in ranked if (-scores.get(hit.id, 0), hit.id) > (-after.score, after.id)]
    page = ranked[:limit]
    last = page[-1] if len(ranked) > limit else None
    return page, last and BestMark(anchor, scores.get(last.id, 0), last.id)


async def _query(
    queries: Queries, asked: Sequence[list[Term]], conditions: Conditions
) -> tuple[str | None, str | None]:
    """The query as a whole, and that of the words alone."""
    forms = await forms_of(queries, (word for terms in asked for term in terms for word in term.words))
    plain = tsquery(asked, forms) if asked else None
    return with_facets(plain, conditions), plain


def _scope(conditions: Conditions, kind: str, audience: Sequence[UUID], before: Mark | None) -> store.Scope:
    until = (conditions.until, UUID(int=0))
    return store.Scope(
        kind,
        list(audience),
        None,
        min(before or NEWEST, until),
        since=conditions.since,
        places=None if conditions.places is None else list(conditions.places),
    )


async def _newest(queries: Queries, query: str | None, scope: store.Scope, limit: int, enough: int) -> list[Hit]:
    """At most `limit`; the newest documents are looked through first, and if they hold `enough` no others.

    How many of the first few match tells how far one has to look: near by for what every hundredth document says, which
    the index of words would have to sort by the ten thousand.
    """
    if scope.places is not None:
        return await store.among_places(queries, query, scope, limit) if scope.places else []
    newest = store.among_newest if scope.container_id is None else store.among_newest_within
    hits = await newest(queries, query, scope, limit)
    if 0 < len(hits) < enough and scope.container_id is None:
        window = store.NEWEST_FIRST * enough * 3 // (2 * len(hits))
        if window <= FURTHEST:
            hits = await store.among_newest(queries, query, scope, limit, window)
    if len(hits) < enough:
        everywhere = store.among_all if query else store.among_audience
        hits = await everywhere(queries, query or "", scope, limit)
    return hits
