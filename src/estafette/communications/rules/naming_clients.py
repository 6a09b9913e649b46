"""By what a file names clients: their ids, external ids, e-mail addresses or phone numbers."""

import re
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from estafette.accounts import Wrong, email_key
from estafette.clients import guesses
from estafette.communications.models.lists import Named

EXTERNAL_ID: Final = 100
_ORDER: Final = ("external_id", "email", "phone", "whatsapp")
_PHONE: Final = re.compile(r"\+?[\d\s()./-]{5,24}")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")

ReadPhone = Callable[[str | None], str | None]


def naming_column(heads: Sequence[str]) -> int:
    """Which column names clients best: by its head, or else the first."""
    targets = guesses(heads, {})
    return next((targets.index(each) for each in _ORDER if each in targets), 0)


def is_head(cell: str) -> bool:
    """Whether the first cell of the column is a known word for what stands below; any other may name somebody."""
    return guesses([cell], {}) != [None]


def named(cell: str, read_phone: ReadPhone) -> Named:
    """By what a cell may name a client."""
    text = cell.strip()
    if "@" in text:
        return Named(text, email_key=email_key(text))
    id_ = UUID(text) if _UUID.fullmatch(text) else None
    phone = None
    if id_ is None and _PHONE.fullmatch(text):
        try:
            phone = read_phone(text)
        except Wrong:
            phone = None
    return Named(text, id=id_, external_id=text[:EXTERNAL_ID], phone=phone)
