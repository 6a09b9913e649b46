"""Search: finds things by their words in four languages, for those who may see them.

`index`, `forget` and `reassign` join the caller's transaction. The text itself is not kept, only its word stems.
"""

from estafette.search.actions import find, forget, index, reassign
from estafette.search.models import Document, Forgotten, Hit
from estafette.search.rules import MAX_QUERY

__all__ = ["MAX_QUERY", "Document", "Forgotten", "Hit", "find", "forget", "index", "reassign"]
