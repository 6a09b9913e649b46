"""What the walk over every endpoint needs of documents: a system that is never asked, its credential being none."""

from typing import Any
from uuid import UUID

from estafette.base.database import Database
from estafette.base.ids import new_id


def document_bodies() -> dict[str, Any]:
    """Bodies by method and path."""
    return {
        "POST /api/v1/document-systems": {
            "name": "Personnel",
            "patterns": ["https://documents.example.com/{id}"],
            "connector": "https://connector.example.com",
            "credential": "secret",
        },
        "PATCH /api/v1/document-systems/{system_id}": {"name": "Orders"},
        "POST /api/v1/documents/cards": {"links": ["https://example.com/1"]},
        "POST /api/v1/documents/acknowledgements": {"link": "https://example.com/1", "version": ""},
    }


async def document_system(database: Database, root: UUID) -> UUID:
    """The only system there is."""
    id_ = new_id()
    await database.execute("DELETE FROM document_systems")
    await database.execute(
        "INSERT INTO document_systems (id, name, patterns, connector, credential, created_at, created_by, changed_at) "
        "VALUES ($1, 'Contracts', ARRAY['https://contracts.example.com/{id}'], 'https://connector.example.com', '', "
        "now(), $2, now())",
        id_,
        root,
    )
    return id_
