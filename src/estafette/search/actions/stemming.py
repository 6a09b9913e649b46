"""The stems of words, remembered: the stemmers cost ten times what it costs to remember them."""

from collections.abc import Iterable
from typing import Final

from estafette.base.database import Queries
from estafette.search import store
from estafette.search.models import AS_WRITTEN, Forms
from estafette.search.rules.words import folded, is_cyrillic, is_inflected, quoted

KNOWN_WORDS: Final = 50_000

# What the stemmers make of a word, in the notation of tsvector.
_stems: dict[str, str] = {}


async def stems_of(queries: Queries, said: Iterable[str]) -> dict[str, str]:
    """The stems of the words among these that may have other forms, in the notation of tsvector."""
    wanted = {word for word in said if is_inflected(word)}
    found = {word: _stems[word] for word in wanted if word in _stems}
    unknown = [(word, folded(word), is_cyrillic(word)) for word in wanted if word not in found]
    if unknown:
        asked = {word: " ".join(map(quoted, stems)) for word, stems in await store.stems(queries, unknown)}
        if len(_stems) + len(asked) > KNOWN_WORDS:
            _stems.clear()
        _stems.update(asked)
        found |= asked
    return found


async def forms_of(queries: Queries, asked: Iterable[str]) -> dict[str, Forms]:
    """The forms of words that are asked for."""
    wanted = sorted(set(asked))
    inflected = [word for word in wanted if is_inflected(word)]
    forms = dict.fromkeys(wanted, AS_WRITTEN)
    if inflected:
        forms |= await store.forms(queries, inflected, list(map(folded, inflected)))
    return forms
