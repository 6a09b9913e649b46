"""The native HTTP interface of presence: each handler decodes, calls one verb, encodes."""

from typing import Any, Final

from estafette.presence.api import presences

ENDPOINTS: Final[list[Any]] = [
    presences.find_presences,
    presences.get_own_presence,
    presences.put_status,
    presences.put_custom_status,
    presences.remove_custom_status,
    presences.put_last_seen,
]
