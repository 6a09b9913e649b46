"""Clients before they are stored."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import asdict

from estafette.clients.models.clients import Client, ClientFields
from estafette.clients.models.rows import Row
from estafette.clients.rules.fields import name_key, words


def new_client(id_: UUID, fields: ClientFields, at: datetime) -> Client:
    """A client that is not stored yet."""
    return Client(id=id_, created_at=at, changed_at=at, **asdict(fields))


def row_of(client: Client, created_by: UUID | None) -> Row:
    """What is written of a client."""
    return Row(client=client, name_key=name_key(client), words=words(client), created_by=created_by)
