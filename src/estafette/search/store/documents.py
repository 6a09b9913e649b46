"""Statements about the documents of the index, and about words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, tuples
from estafette.search.models import Document, Forgotten, Forms


async def keep(queries: Queries, documents: Sequence[tuple[Document, str]], *, again: bool) -> None:
    """Keeps the words (a tsvector) of documents (each id once) that are not there in the same or a newer version.

    With `again` those of the same version are replaced, unless they were forgotten.
    """
    # The length of an array that comes through a sub-select is not known to the planner, so it keeps one plan for all.
    await queries.execute(
        """
        INSERT INTO search_documents AS kept (id, version, kind, container_id, audience, at, words, source_id)
        SELECT id, version, kind, container_id, audience::uuid[], at, words::tsvector, source_id
        FROM unnest(
            (SELECT $1::uuid[]), $2::bigint[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[],
            $8::uuid[]
        ) AS given (id, version, kind, container_id, audience, at, words, source_id)
        ORDER BY id
        ON CONFLICT (id) DO UPDATE SET
            version = excluded.version, kind = excluded.kind, container_id = excluded.container_id,
            audience = excluded.audience, at = excluded.at, words = excluded.words, source_id = excluded.source_id
        WHERE kept.version < excluded.version
            OR ($9 AND kept.version = excluded.version AND kept.words IS NOT NULL)
        """,
        *tuples([_values(*each) for each in documents]),
        again,
    )


def _values(document: Document, words: str) -> tuple[object, ...]:
    audience = "{" + ",".join(map(str, document.audience)) + "}"  # unnest() would flatten a list of lists
    return (
        document.id,
        document.version,
        document.kind,
        document.container_id,
        audience,
        document.at,
        words,
        document.source_id,
    )


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


async def forget_of(queries: Queries, gone: Sequence[Forgotten]) -> None:
    """Removes all but id and version of the documents that go with a source which is not there in this version."""
    await queries.execute(
        """
        UPDATE search_documents SET
            version = given.version, kind = NULL, container_id = NULL, audience = '{}', at = NULL, words = NULL,
            source_id = NULL
        FROM unnest($1::uuid[], $2::bigint[]) AS given (id, version)
        WHERE source_id = given.id AND search_documents.version <= given.version
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
