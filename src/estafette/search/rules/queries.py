"""Writes what people asked as a query of PostgreSQL (type tsquery)."""

from collections.abc import Iterable, Mapping

from estafette.search.models import Forms
from estafette.search.rules.questions import Term
from estafette.search.rules.words import folded, quoted


def tsquery(alternatives: Iterable[list[Term]], forms: Mapping[str, Forms]) -> str:
    """The query in PostgreSQL's notation; each word takes any of its forms, so a negation holds in all languages.

    Too common words are left out ("le château" finds "un château"), unless nothing else was asked for.
    """
    return " | ".join(f"({_all(terms, forms)})" for terms in alternatives)


def _all(terms: list[Term], forms: Mapping[str, Forms]) -> str:
    matters = [term for term in terms if _matters(term, forms)]
    if not any(term.wanted for term in matters):
        matters = [term for term in terms if term.wanted or term in matters]
    return " & ".join(_written(term, forms) for term in matters)


def _matters(term: Term, forms: Mapping[str, Forms]) -> bool:
    return term.phrase or not all(forms[word].is_stop for word in term.words)


def _written(term: Term, forms: Mapping[str, Forms]) -> str:
    plain = [quoted(folded(word)) for word in term.words]
    if term.unfinished:
        plain[-1] += ":*"
    if term.phrase:
        written = " <-> ".join(plain)
    else:
        each = zip(term.words, plain, strict=True)
        written = " & ".join(f"({' | '.join([exact, *_stems(forms[word])])})" for word, exact in each)
    return f"({written})" if term.wanted else f"!({written})"


def _stems(form: Forms) -> list[str]:
    return [quoted(stem) for stem in sorted(form.stems)]
