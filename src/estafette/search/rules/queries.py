"""Writes what people asked as a query of PostgreSQL (type tsquery)."""

from collections.abc import Iterable, Mapping

from estafette.search.models import Conditions, Forms
from estafette.search.rules.questions import Term
from estafette.search.rules.words import folded, quoted


def tsquery(alternatives: Iterable[list[Term]], forms: Mapping[str, Forms]) -> str:
    """The query in PostgreSQL's notation; each word takes any of its forms, so a negation holds in all languages.

    Too common words are left out ("le château" finds "un château"), unless nothing else was asked for.
    """
    return " | ".join(f"({_all(terms, forms)})" for terms in alternatives)


def with_facets(query: str | None, conditions: Conditions) -> str | None:
    """A query of words, if there is one, with what else must be so; None where nothing is asked of the index."""
    parts = [f"({query})"] if query else []
    parts += [f"({' | '.join(map(quoted, either))})" for either in conditions.facets]
    parts += [f"!{quoted(each)}" for each in conditions.without]
    return " & ".join(parts) or None


def _all(terms: list[Term], forms: Mapping[str, Forms]) -> str:
    return " & ".join(_written(term, forms) for term in mattering(terms, forms))


def mattering(terms: list[Term], forms: Mapping[str, Forms]) -> list[Term]:
    """The terms without those of too common words, unless nothing else was asked for."""
    matters = [term for term in terms if _matters(term, forms)]
    if not any(term.wanted for term in matters):
        matters = [term for term in terms if term.wanted or term in matters]
    return matters


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
