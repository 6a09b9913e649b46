"""Showing where in texts the words stand that were asked for."""

import asyncio
from collections.abc import Sequence
from typing import Final

from estafette.base.database import Queries
from estafette.search.actions.stemming import forms_of, stems_of
from estafette.search.models import Range
from estafette.search.rules.highlights import Wanted, excerpt, near, ranges, wanted_of
from estafette.search.rules.questions import alternatives
from estafette.search.rules.words import words

LOOKED_THROUGH: Final = 2_000
"""Characters of a text whose words are asked for their stems; further on they are found as they are written."""


async def highlight(queries: Queries, asked: str, texts: Sequence[str]) -> list[list[Range]]:
    """For each text the parts that answer to the words, in characters (Unicode code points) from the first one on."""
    wanted = await _wanted(queries, asked) if texts else None
    return await _ranges(queries, wanted, texts) if wanted else [[] for _ in texts]


async def excerpts(queries: Queries, asked: str, texts: Sequence[str], most: int) -> list[tuple[str, list[Range]]]:
    """Of each long text at most so many characters around the first words that were asked for, "" without any."""
    wanted = await _wanted(queries, asked) if texts else None
    if wanted is None:
        return [("", []) for _ in texts]
    parts = await asyncio.to_thread(lambda: [near(text, wanted, LOOKED_THROUGH) for text in texts])
    found = await _ranges(queries, wanted, parts)
    return [excerpt(part, there, most) if there else ("", []) for part, there in zip(parts, found, strict=True)]


async def _wanted(queries: Queries, asked: str) -> Wanted | None:
    terms = alternatives(asked)
    if not terms:
        return None
    return wanted_of(terms, await forms_of(queries, (word for each in terms for term in each for word in term.words)))


async def _ranges(queries: Queries, wanted: Wanted, texts: Sequence[str]) -> list[list[Range]]:
    # Other requests go on meanwhile.
    said = await asyncio.to_thread(lambda: {word for text in texts for word in words(text[:LOOKED_THROUGH])})
    stems = await stems_of(queries, said)
    return await asyncio.to_thread(lambda: [ranges(text, wanted, stems) for text in texts])
