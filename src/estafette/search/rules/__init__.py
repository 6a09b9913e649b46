"""How text becomes words, what people ask with them, and how much is looked at."""

from typing import Final

MAX_QUERY: Final = 200
"""Characters of a query."""
