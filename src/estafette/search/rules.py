"""How text becomes words, and how what people type becomes a query."""

from typing import Final

MAX_QUERY: Final = 200
