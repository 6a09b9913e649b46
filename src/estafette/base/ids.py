"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562)."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new identifier; ids made later compare greater, so rows land at the end of their index."""
    return uuid7()
