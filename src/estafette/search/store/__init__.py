"""All SQL of the search."""

from estafette.search.store.documents import forget, forget_of, forms, keep, reassign, stems
from estafette.search.store.hits import (
    NEWEST_FIRST,
    Scope,
    among_all,
    among_audience,
    among_newest,
    among_newest_within,
    among_places,
    scores,
)

__all__ = [
    "NEWEST_FIRST",
    "Scope",
    "among_all",
    "among_audience",
    "among_newest",
    "among_newest_within",
    "among_places",
    "forget",
    "forget_of",
    "forms",
    "keep",
    "reassign",
    "scores",
    "stems",
]
