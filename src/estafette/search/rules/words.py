"""Splits text into words, the same way for what is kept and for what is asked."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

MAX_CHARACTERS: Final = 60_000
"""More of one text is not searched: PostgreSQL keeps at most 1 MB of words for a document."""
MAX_WORD: Final = 100
"""Letters of a word that count; PostgreSQL refuses words of more than 2 kB."""

# Letters and digits of every script, with the marks that could not be composed with them. Signs never glue words
# together, so "ann@example.org", "rouge/blanc" and "l’hôtel" can be found by each of their parts.
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_SIGN_OF_ASCII: Final = re.compile(r"[$+<=>^`|~]")
_SIGNS: Final = frozenset({"Sm", "Sc", "Sk"})
_PUNCTUATION: Final = frozenset({"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"})
# What may combine with a letter; plain Latin and Cyrillic never does.
_MARKS: Final = re.compile(r"[^\0-\u02ff\u0370-\u0482\u048a-\u0590]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")


def words(text: str) -> list[str]:
    """The words of a text in lower case, composed, as the stemmers know them; ё counts as е."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower().replace("ё", "е")
    return [found[:MAX_WORD] for found in _WORD.findall(plain[:MAX_CHARACTERS])]


def signs(text: str) -> list[str]:
    """What is no word and can be asked for all the same: each symbol such as 🎂, and signs side by side such as <<<.

    Punctuation counts where there is no word, as in "???": beside words it says nothing.
    """
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS]
    if plain.isascii() and _SIGN_OF_ASCII.search(plain) is None and _WORD.search(plain):
        return []
    kinds = _SIGNS if _WORD.search(plain) else _SIGNS | _PUNCTUATION
    found: list[str] = []
    run = ""
    for each in plain:
        kind = unicodedata.category(each)
        if kind in kinds:
            run += each
            continue
        if run:
            found.append(run)
            run = ""
        if kind == "So":
            found.append(each)
    return [each[:MAX_WORD] for each in (*found, run) if folded(each)]


def written(
    said: Sequence[str], stems: Mapping[str, str], shown: Sequence[str] = (), facets: Sequence[str] = ()
) -> str:
    """Words in PostgreSQL's notation (type tsvector): each without accents at its place, for phrases, and its stems.

    Signs and facets have no place: they do not come between the words of a phrase.
    """
    # Each word but once: most stand often.
    each_folded = {word: folded(word) for word in set(said)}
    numbered = enumerate((each_folded[word] for word in said), start=1)
    positions = [f"'{plain}':{position}" for position, plain in numbered if plain]
    apart = [quoted(folded(sign)) for sign in dict.fromkeys(shown)] + list(map(quoted, facets))
    return " ".join([*positions, *[stems[word] for word in each_folded if word in stems], *apart])


def quoted(lexeme: str) -> str:
    """A lexeme as PostgreSQL reads it in queries and in lists of words."""
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def is_inflected(word: str) -> bool:
    """Whether a word may have other forms; signs, and what has a digit, are looked for as written: 63e7f20a."""
    return any(each.isalnum() for each in word) and not any(each.isdigit() for each in word)


def is_cyrillic(word: str) -> bool:
    """Whether a word is one for the Russian stemmer; all others go to the three of Latin script."""
    return not word.isascii() and _CYRILLIC.search(word) is not None


def folded(word: str) -> str:
    """A word without accents and other marks, for those who leave them out: é → e, й → и, ß → ss."""
    return word if word.isascii() else _unmarked(word)[:MAX_WORD]


def folded_words(text: str) -> list[str]:
    """The words of a text without accents, at once: a tenth of what it costs one by one."""
    said = words(text)
    return said if text.isascii() else _unmarked(" ".join(said)).split(" ")


def _unmarked(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    if _MARKS.search(apart):
        apart = "".join(each for each in apart if not unicodedata.combining(each))
    return apart.casefold()
