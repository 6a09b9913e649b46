"""Splits text into words, the same way for what is kept and for what is asked."""

import re
import unicodedata
from typing import Final

from estafette.search.models import Spelling

MAX_CHARACTERS: Final = 20_000
"""More of one text is not searched: PostgreSQL keeps at most 1 MB of words for a document."""
MAX_WORD: Final = 100
"""Letters of a word that count; PostgreSQL refuses words of more than 2 kB."""
MAX_PLACE: Final = 16_383
MAX_PLACES: Final = 255
"""What PostgreSQL keeps of the places of a word; later ones count for no phrase."""

# Letters and digits of every script, with the marks that could not be composed with them. Signs never glue words
# together, so "ann@example.org", "rouge/blanc" and "l’hôtel" can be found by each of their parts.
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")


def words(text: str) -> list[str]:
    """The words of a text in lower case, composed, as the stemmers know them; ё counts as е."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower().replace("ё", "е")
    return [found[:MAX_WORD] for found in _WORD.findall(plain[:MAX_CHARACTERS])]


def spelled(text: str) -> Spelling:
    """The words of a text as they are kept.

    A stemmer costs about 10 µs per message, so it gets its own script only, and accented words again without accents.
    """
    said = words(text)
    bare = [folded(word) for word in said]
    latin = [(word, plain) for word, plain in zip(said, bare, strict=True) if not is_cyrillic(word)]
    return Spelling(
        as_written=_positions(bare),
        cyrillic=" ".join(word for word in said if is_cyrillic(word)),
        latin=" ".join(word for word, _ in latin),
        bare=" ".join(plain for word, plain in latin if plain != word),
    )


def is_cyrillic(word: str) -> bool:
    """Whether a word is one for the Russian stemmer; all others go to the three of Latin script."""
    return not word.isascii() and _CYRILLIC.search(word) is not None


def folded(word: str) -> str:
    """A word without accents and other marks, for those who leave them out: é → e, й → и, ß → ss."""
    if word.isascii():
        return word
    bare = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return bare.casefold()[:MAX_WORD]


def _positions(bare: list[str]) -> str:
    """Folded words with their places, in PostgreSQL's notation (type tsvector)."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(bare, start=1):
        places.setdefault(word, []).append(min(place, MAX_PLACE))
    return " ".join(f"'{word}':{','.join(map(str, found[:MAX_PLACES]))}" for word, found in places.items() if word)
