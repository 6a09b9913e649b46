"""Search: finds things by their words in four languages, for those who may see them.

`index`, `forget`, `forget_of` and `reassign` join the caller's transaction. The text itself is not kept, only its word
stems. `read_expression` takes apart what people type; its operators are for the caller to translate into `Conditions`.
"""

from estafette.search.actions.finding import find, find_best, find_newest
from estafette.search.actions.highlighting import excerpts, highlight
from estafette.search.actions.indexing import forget, forget_of, index, reassign
from estafette.search.models import BestMark, Conditions, Document, Forgotten, Hit, Range, read_best_mark
from estafette.search.rules import MAX_QUERY
from estafette.search.rules.days import days_of
from estafette.search.rules.expressions import MAX_EXPRESSION, Expression, Operator, read_expression
from estafette.search.rules.highlights import excerpt
from estafette.search.rules.words import MAX_CHARACTERS

__all__ = [
    "MAX_CHARACTERS",
    "MAX_EXPRESSION",
    "MAX_QUERY",
    "BestMark",
    "Conditions",
    "Document",
    "Expression",
    "Forgotten",
    "Hit",
    "Operator",
    "Range",
    "days_of",
    "excerpt",
    "excerpts",
    "find",
    "find_best",
    "find_newest",
    "forget",
    "forget_of",
    "highlight",
    "index",
    "read_best_mark",
    "read_expression",
    "reassign",
]
