"""Reads what people type into a search box.

château chambre        both words, in any of their forms
"grand lit"            exactly these words in this order (accents may be left out)
-hiver   -"grand lit"  without the word or the phrase
lyon OR paris          one or the other (also OU, ИЛИ; in capitals, because "or" and "ou" are words too)
cham                   the last word may be unfinished
"""

import re
from typing import Final

import msgspec

from estafette.search.rules.words import folded, signs, words

_PIECE: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES: Final = str.maketrans("“”„‟«»″", '"' * 7)
_OR: Final = frozenset({"OR", "OU", "ИЛИ"})
_MIN_PREFIX: Final = 2


class Term(msgspec.Struct, frozen=True):
    """A word in any of its forms, a phrase as it stands, or a `sign`; `unfinished` when its last word may go on."""

    words: tuple[str, ...]
    wanted: bool = True
    phrase: bool = False
    unfinished: bool = False
    sign: bool = False


def straight_quotes(text: str) -> str:
    """A text with the quotes of all languages as the one that is read here."""
    return text.translate(_QUOTES)


def alternatives(q: str, *, beside_others: bool = False) -> list[list[Term]]:
    """What is asked: one of these lists must be met, each with all its terms; empty when nothing is in it.

    Signs are asked for where there are no words: `gâteau !` asks for cakes. A list of unwanted words alone asks for
    nothing: it would find nearly everything, unless there are other conditions beside it.
    """
    found: list[list[Term]] = [[]]
    text = straight_quotes(q)
    for piece in _PIECE.finditer(text):
        if piece[0] in _OR:
            found.append([])
            continue
        is_last = piece.end() == len(text)
        found[-1].extend(_terms(piece, is_last=is_last))
    kept = map(_without_needless_signs, found)
    return [terms for terms in kept if any(term.wanted or beside_others for term in terms)]


def _without_needless_signs(terms: list[Term]) -> list[Term]:
    plain = [term for term in terms if not term.sign]
    return plain if any(term.wanted for term in plain) else terms


def _terms(piece: re.Match[str], *, is_last: bool) -> list[Term]:
    is_phrase = piece["word"] is None
    inside = tuple(words(piece["phrase"] if is_phrase else piece["word"]))
    wanted = not piece["minus"]
    if not inside:
        return _signs(piece, wanted=wanted, is_last=is_last)
    unfinished = is_last and wanted and not piece[0].endswith('"') and len(folded(inside[-1])) >= _MIN_PREFIX
    if is_phrase or not wanted:
        return [Term(inside, wanted, is_phrase, unfinished)]
    # "jean-pierre" and "l’hôtel": each part counts by itself.
    *first, last = inside
    return [*(Term((word,)) for word in first), Term((last,), unfinished=unfinished)]


def _signs(piece: re.Match[str], *, wanted: bool, is_last: bool) -> list[Term]:
    found = signs(piece["word"] if piece["phrase"] is None else piece["phrase"])
    ends = len(found) - 1 if is_last and wanted and not piece[0].endswith('"') else None
    return [
        Term((sign,), wanted, unfinished=place == ends and len(folded(sign)) >= _MIN_PREFIX, sign=True)
        for place, sign in enumerate(found)
    ]
