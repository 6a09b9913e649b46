"""All SQL of the search."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from estafette.base.database import Queries, tuples
from estafette.search.models import Document, Forgotten, Forms, Hit

Mark = tuple[datetime, UUID]
"""Time and id of a document: the place after which a page goes on."""

NEWEST: Final[Mark] = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


class Scope(msgspec.Struct, frozen=True):
    """Where a search looks: documents of a kind, for an audience, perhaps in one container, older than a mark."""

    kind: str
    audience: list[UUID]
    container_id: UUID | None
    before: Mark


async def keep(queries: Queries, documents: Sequence[tuple[Document, str]]) -> None:
    """Keeps the words (a tsvector) of documents (each id once) that are not there in the same or a newer version."""
    # The length of an array that comes through a sub-select is not known to the planner, so it keeps one plan for all.
    await queries.execute(
        """
        INSERT INTO search_documents AS kept (id, version, kind, container_id, audience, at, words)
        SELECT id, version, kind, container_id, audience::uuid[], at, words::tsvector
        FROM unnest(
            (SELECT $1::uuid[]), $2::bigint[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[]
        ) AS given (id, version, kind, container_id, audience, at, words)
        ORDER BY id
        ON CONFLICT (id) DO UPDATE SET
            version = excluded.version, kind = excluded.kind, container_id = excluded.container_id,
            audience = excluded.audience, at = excluded.at, words = excluded.words
        WHERE kept.version < excluded.version
        """,
        *tuples([_values(*each) for each in documents]),
    )


def _values(document: Document, words: str) -> tuple[object, ...]:
    audience = "{" + ",".join(map(str, document.audience)) + "}"  # unnest() would flatten a list of lists
    return (document.id, document.version, document.kind, document.container_id, audience, document.at, words)


async def stems(queries: Queries, words: Sequence[tuple[str, str, bool]]) -> list[tuple[str, list[str]]]:
    """The stems of each (word, the same without accents, whether it is Cyrillic).

    A stemmer costs about half a microsecond per word, so it gets its own script only; French and Portuguese words are
    also looked for by those who leave accents out. The stemmers are asked without the parser of to_tsvector, which
    takes words apart that begin like a number ("63e7f2").
    """
    rows = await queries.fetch(
        """
        SELECT word, CASE
            WHEN cyrillic THEN ts_lexize('russian_stem', word)
            ELSE ts_lexize('french_stem', word) || ts_lexize('portuguese_stem', word) || ts_lexize('english_stem', word)
                || ts_lexize('french_stem', bare) || ts_lexize('portuguese_stem', bare)
        END AS stems
        FROM unnest($1::text[], $2::text[], $3::boolean[]) AS given (word, bare, cyrillic)
        """,
        *tuples(words),
    )
    return [(row["word"], sorted(set(row["stems"]))) for row in rows]


async def forget(queries: Queries, gone: Sequence[Forgotten]) -> None:
    """Removes all but id and version of documents (each id once) that are not there in a newer version."""
    await queries.execute(
        """
        INSERT INTO search_documents AS kept (id, version)
        SELECT id, version FROM unnest($1::uuid[], $2::bigint[]) AS given (id, version)
        ORDER BY id
        ON CONFLICT (id) DO UPDATE SET
            version = excluded.version, kind = NULL, container_id = NULL, audience = '{}', at = NULL, words = NULL
        WHERE kept.version <= excluded.version
        """,
        *tuples([(each.id, each.version) for each in gone]),
    )


async def reassign(queries: Queries, container_id: UUID, audience: Sequence[UUID], limit: int) -> int:
    """Gives at most `limit` documents of a container another audience, if they have not got it; returns how many."""
    return await queries.fetchval(
        """
        WITH changed AS (
            UPDATE search_documents SET audience = $2::uuid[] WHERE id = ANY (ARRAY(
                SELECT id FROM search_documents
                WHERE container_id = $1 AND words IS NOT NULL AND audience <> $2::uuid[]
                ORDER BY at, id LIMIT $3
            ))
            RETURNING id
        )
        SELECT count(*) FROM changed
        """,
        container_id,
        audience,
        limit,
    )


async def forms(queries: Queries, asked: Sequence[str], bare: Sequence[str]) -> dict[str, Forms]:
    """The forms of words, given with and without their accents, as `keep` writes them."""
    rows = await queries.fetch(
        """
        SELECT word,
            ts_lexize('french_stem', word) AS french,
            ts_lexize('portuguese_stem', word) AS portuguese,
            ts_lexize('russian_stem', word) AS russian,
            ts_lexize('english_stem', word) AS english,
            ts_lexize('french_stem', bare) || ts_lexize('portuguese_stem', bare) AS bare
        FROM unnest($1::text[], $2::text[]) AS asked (word, bare)
        """,
        list(asked),
        list(bare),
    )
    return {row["word"]: _forms(row) for row in rows}


def _forms(row: Any) -> Forms:
    languages = [row["french"], row["portuguese"], row["russian"], row["english"]]
    stems = frozenset[str]().union(*languages, row["bare"])
    return Forms(stems=stems, is_stop=not all(languages))


async def among_newest(queries: Queries, tsquery: str, scope: Scope, limit: int) -> list[Hit]:
    """What is found among the 2,000 newest documents of all: quick for what is found often."""
    rows = await queries.fetch(
        """
        SELECT id, container_id, at FROM (
            SELECT id, container_id, at, audience, words FROM search_documents
            WHERE kind = $1 AND words IS NOT NULL AND (at, id) < ($4, $5)
            ORDER BY at DESC, id DESC LIMIT 2000
        ) AS newest
        WHERE audience && $2::uuid[] AND words @@ $3::text::tsquery
        ORDER BY at DESC, id DESC LIMIT $6
        """,
        scope.kind,
        scope.audience,
        tsquery,
        *scope.before,
        limit,
    )
    return [Hit(*row) for row in rows]


async def among_newest_within(queries: Queries, tsquery: str, scope: Scope, limit: int) -> list[Hit]:
    """What is found among the 2,000 newest documents of one container."""
    rows = await queries.fetch(
        """
        SELECT id, container_id, at FROM (
            SELECT id, container_id, at, kind, audience, words FROM search_documents
            WHERE container_id = $7 AND words IS NOT NULL AND (at, id) < ($4, $5)
            ORDER BY at DESC, id DESC LIMIT 2000
        ) AS newest
        WHERE kind = $1 AND audience && $2::uuid[] AND words @@ $3::text::tsquery
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


async def among_all(queries: Queries, tsquery: str, scope: Scope, limit: int) -> list[Hit]:
    """What is found by the index of words: quick for what is found seldom, since all that is found gets sorted."""
    rows = await queries.fetch(
        """
        WITH found AS MATERIALIZED (
            SELECT id, container_id, at FROM search_documents
            WHERE audience && $2::uuid[] AND words @@ $3::text::tsquery
                AND kind = $1 AND (at, id) < ($4, $5) AND ($7::uuid IS NULL OR container_id = $7)
        )
        SELECT id, container_id, at FROM found ORDER BY at DESC, id DESC LIMIT $6
        """,
        scope.kind,
        scope.audience,
        tsquery,
        *scope.before,
        limit,
        scope.container_id,
    )
    return [Hit(*row) for row in rows]
