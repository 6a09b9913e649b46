"""Clients on their way into the database."""

from uuid import UUID

from msgspec import Struct

from estafette.clients.models.clients import Client


class Row(Struct, frozen=True, kw_only=True):
    """A client about to be written, whole, with the key it is sorted by and the words it is found by."""

    client: Client
    name_key: str
    words: str
    created_by: UUID | None
