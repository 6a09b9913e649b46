"""Addresses for whoever holds a link: enough to know one's own, too little to learn another's."""

from typing import Final

from estafette.base.phones import spaced
from estafette.clients import Channel

_HIDDEN: Final = "•••"
_SHOWN_DIGITS: Final = 2


def masked(channel: Channel, address: str) -> str:
    """An address such as a•••@example.com or +33 ••• 01."""
    if channel == "email":
        local, _, domain = address.rpartition("@")
        return f"{local[:1]}{_HIDDEN}@{domain}"
    country = spaced(address).partition(" ")[0]
    return f"{country} {_HIDDEN} {address[-_SHOWN_DIGITS:]}"
