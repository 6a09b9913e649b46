"""Where in a text the words stand that were asked for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from estafette.search.models import Forms, Range
from estafette.search.rules.queries import mattering
from estafette.search.rules.questions import Term
from estafette.search.rules.words import MAX_CHARACTERS, folded, folded_words, quoted, words

MAX_RANGES: Final = 100
"""So many parts of one text are shown as found."""
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_STRETCH: Final = re.compile(r"\S.{0,999}\S{0,100}", re.DOTALL)
_MIN_STEM: Final = 3
"""With a shorter stem too many words begin."""


class Wanted(msgspec.Struct, frozen=True):
    """What is looked for in texts: words in any form, beginnings of words, phrases and signs."""

    lexemes: frozenset[str]
    stems: frozenset[str]
    """The same as the index writes them."""
    beginnings: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    signs: tuple[str, ...]


def wanted_of(alternatives: Iterable[list[Term]], forms: Mapping[str, Forms]) -> Wanted:
    """What the terms that matter look for."""
    terms = [term for each in alternatives for term in mattering(each, forms) if term.wanted]
    single = [term for term in terms if not (term.phrase or term.sign)]
    said = [word for term in single for word in term.words]
    lexemes = frozenset({*map(folded, said), *(stem for word in said for stem in forms[word].stems)})
    return Wanted(
        lexemes=lexemes,
        stems=frozenset(map(quoted, lexemes)),
        beginnings=tuple(folded(term.words[-1]) for term in single if term.unfinished),
        phrases=tuple(tuple(map(folded, term.words)) for term in terms if term.phrase and not term.sign),
        signs=tuple(term.words[0] for term in terms if term.sign),
    )


def ranges(text: str, wanted: Wanted, stems: Mapping[str, str]) -> list[Range]:
    """Where the wanted stands, from the first on, none within another; `stems` are those of the text's words."""
    places = [(found.span(), found[0]) for found in _WORD.finditer(text[:MAX_CHARACTERS])]
    # Each word but once: most stand often.
    said = {word: words(word) for word in {word for _, word in places}}
    met = {word for word, inside in said.items() if any(_meets(each, wanted, stems) for each in inside)}
    found = [span for span, word in places if word in met]
    if wanted.phrases:
        folded_words = {word: " ".join(map(folded, inside)) for word, inside in said.items()}
        spans, plain = [span for span, _ in places], [folded_words[word] for _, word in places]
        for phrase in wanted.phrases:
            found += _phrases(spans, plain, phrase)
    for sign in wanted.signs:
        found += [each.span() for each in re.finditer(re.escape(sign), text[:MAX_CHARACTERS])]
    return _apart(found)[:MAX_RANGES]


def near(text: str, wanted: Wanted, most: int) -> str:
    """The part of a long text in which a wanted word is likely to stand first: it is looked for without a stemmer.

    What it costs grows with the text, not with how much is asked.
    """
    if len(text) <= most:
        return text
    lexemes = wanted.lexemes.union(wanted.beginnings, *wanted.phrases)
    sizes = sorted({len(each) for each in lexemes if len(each) >= _MIN_STEM})
    for found in _STRETCH.finditer(text[:MAX_CHARACTERS]):
        said = folded_words(found[0])
        if (
            not lexemes.isdisjoint(said)
            or any(not lexemes.isdisjoint([word[:size] for word in said]) for size in sizes)
            or any(sign in found[0] for sign in wanted.signs)
        ):
            start = max(found.start() - most // 4, 0)
            start = text.find(" ", start, found.start()) + 1 or start
            return text[start : start + most]
    return text[:most]


def _meets(word: str, wanted: Wanted, stems: Mapping[str, str]) -> bool:
    plain = folded(word)
    if plain in wanted.lexemes or plain.startswith(wanted.beginnings):
        return True
    return not wanted.stems.isdisjoint(stems.get(word, "").split(" "))


def _phrases(spans: Sequence[Range], plain: Sequence[str], phrase: tuple[str, ...]) -> list[Range]:
    size = len(phrase)
    return [
        (spans[at][0], spans[at + size - 1][1])
        for at in range(len(plain) - size + 1)
        if plain[at + size - 1].startswith(phrase[-1]) and tuple(plain[at : at + size - 1]) == phrase[:-1]
    ]


def _apart(found: Iterable[Range]) -> list[Range]:
    apart: list[Range] = []
    for first, end in sorted(found):
        if apart and first < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((first, end))
    return apart


def excerpt(text: str, found: Sequence[Range], most: int) -> tuple[str, list[Range]]:
    """At most so many characters of a text from shortly before its first range on, with the ranges in them."""
    first = found[0][0] if found else 0
    start = 0 if len(text) <= most or first < most // 2 else first - most // 4
    if start:
        # From the beginning of a word on, if one is near.
        space = text.find(" ", start, first)
        start = start if space < 0 else space + 1
    shown = text[start : start + most]
    shift = start - 1 if start else 0
    inside = [(a - shift, min(b, start + most) - shift) for a, b in found if start <= a < start + most]
    return ("…" if start else "") + shown + ("…" if start + most < len(text) else ""), inside
