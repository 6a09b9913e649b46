"""Statements that find documents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.database import Queries, tuples
from estafette.search.models import ALWAYS, Hit, Mark

NEWEST_FIRST: Final = 2_000
"""Documents that are looked through before the index of words is asked."""


class Scope(msgspec.Struct, frozen=True):
    """Where a search looks: documents of a kind, for an audience, older than a mark and not before `since`.

    Perhaps in one container, or in `places`, each a container and the time after which its documents count.
    """

    kind: str
    audience: list[UUID]
    container_id: UUID | None
    before: Mark
    since: datetime = ALWAYS
    places: list[tuple[UUID, datetime]] | None = None


async def among_newest(
    queries: Queries, tsquery: str | None, scope: Scope, limit: int, window: int = NEWEST_FIRST
) -> list[Hit]:
    """What is found among the newest documents of all, 2,000 at first: quick for what is found often."""
    rows = await queries.fetch(
        """
        SELECT id, container_id, at, source_id FROM (
            SELECT id, container_id, at, source_id, audience, words FROM search_documents
            WHERE kind = $1 AND words IS NOT NULL AND (at, id) < ($4, $5) AND at >= $7
            ORDER BY at DESC, id DESC LIMIT $8
        ) AS newest
        WHERE audience && $2::uuid[] AND ($3::text IS NULL OR words @@ $3::text::tsquery)
        ORDER BY at DESC, id DESC LIMIT $6
        """,
        scope.kind,
        scope.audience,
        tsquery,
        *scope.before,
        limit,
        scope.since,
        window,
    )
    return [Hit(*row) for row in rows]


async def among_newest_within(queries: Queries, tsquery: str | None, scope: Scope, limit: int) -> list[Hit]:
    """What is found among the 2,000 newest documents of one container."""
    rows = await queries.fetch(
        """
        SELECT id, container_id, at, source_id FROM (
            SELECT id, container_id, at, source_id, kind, audience, words FROM search_documents
            WHERE container_id = $7 AND words IS NOT NULL AND (at, id) < ($4, $5)
            ORDER BY at DESC, id DESC LIMIT 2000
        ) AS newest
        WHERE kind = $1 AND audience && $2::uuid[] AND ($3::text IS NULL OR words @@ $3::text::tsquery)
        ORDER BY at DESC, id DESC LIMIT $6
        """,
        scope.kind,
        scope.audience,
        tsquery,
        *scope.before,
        limit,
        scope.container_id,
    )
    return [Hit(*row) for row in rows]


async def among_places(queries: Queries, tsquery: str | None, scope: Scope, limit: int) -> list[Hit]:
    """What is found in several containers, in each after its time, among the 2,000 newest documents of each."""
    rows = await queries.fetch(
        """
        SELECT found.id, found.container_id, found.at, found.source_id
        FROM unnest($7::uuid[], $8::timestamptz[]) AS place (id, since)
        CROSS JOIN LATERAL (
            SELECT id, container_id, at, source_id FROM (
                SELECT id, container_id, at, source_id, kind, audience, words FROM search_documents
                WHERE container_id = place.id AND words IS NOT NULL AND at > place.since
                    AND (at, id) < ($4, $5) AND at >= $9
                ORDER BY at DESC, id DESC LIMIT 2000
            ) AS newest
            WHERE kind = $1 AND audience && $2::uuid[] AND ($3::text IS NULL OR words @@ $3::text::tsquery)
            ORDER BY at DESC, id DESC LIMIT $6
        ) AS found
        ORDER BY found.at DESC, found.id DESC LIMIT $6
        """,
        scope.kind,
        scope.audience,
        tsquery,
        *scope.before,
        limit,
        *tuples(scope.places or []),
        scope.since,
    )
    return [Hit(*row) for row in rows]


async def among_all(queries: Queries, tsquery: str, scope: Scope, limit: int) -> list[Hit]:
    """What is found by the index of words: quick for what is found seldom, since all that is found gets sorted."""
    rows = await queries.fetch(
        """
        WITH found AS MATERIALIZED (
            SELECT id, container_id, at, source_id FROM search_documents
            WHERE audience && $2::uuid[] AND words @@ $3::text::tsquery
                AND kind = $1 AND (at, id) < ($4, $5) AND ($7::uuid IS NULL OR container_id = $7) AND at >= $8
        )
        SELECT id, container_id, at, source_id FROM found ORDER BY at DESC, id DESC LIMIT $6
        """,
        scope.kind,
        scope.audience,
        tsquery,
        *scope.before,
        limit,
        scope.container_id,
        scope.since,
    )
    return [Hit(*row) for row in rows]


async def among_audience(queries: Queries, _tsquery: str, scope: Scope, limit: int) -> list[Hit]:
    """All that is for an audience, whatever it says: by the index of who where that is little, else by that of time."""
    rows = await queries.fetch(
        """
        SELECT id, container_id, at, source_id FROM search_documents
        WHERE audience && $2::uuid[] AND kind = $1 AND words IS NOT NULL AND (at, id) < ($3, $4) AND at >= $6
        ORDER BY at DESC, id DESC LIMIT $5
        """,
        scope.kind,
        scope.audience,
        *scope.before,
        limit,
        scope.since,
    )
    return [Hit(*row) for row in rows]


async def scores(queries: Queries, tsquery: str | None, ids: Sequence[UUID], now: datetime) -> dict[UUID, int]:
    """How well documents answer to words, and how new they are, as numbers that can be compared."""
    rows = await queries.fetch(
        """
        SELECT id, round(
            1e9 * coalesce(ts_rank(words, $2::text::tsquery, 1), 1)
            / (1 + greatest(extract(epoch FROM $3::timestamptz - at), 0) / 15552000)
        )::bigint AS score
        FROM search_documents WHERE id = ANY ($1::uuid[]) AND words IS NOT NULL
        """,
        ids,
        tsquery,
        now,
    )
    return {row["id"]: row["score"] for row in rows}
