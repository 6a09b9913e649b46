"""Document systems over HTTP, as administrators register them."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.base.vault import Vault
from estafette.documents.actions import systems
from estafette.documents.actions.asking import Documents
from estafette.documents.models.systems import DocumentSystem, DocumentSystems, NewSystem, SystemChanges, TrialResult
from estafette.http import delete, get, patch, post

TAGS = ["Documents"]


@get("/document-systems", tags=TAGS, summary="Document systems", operation_id="listDocumentSystems")
async def list_systems(database: Database, signed_in: SignedIn) -> DocumentSystems:
    """For administrators: the registered systems by name; credentials are never shown."""
    return await systems.list_systems(database, signed_in)


@post("/document-systems", tags=TAGS, summary="Register a document system", operation_id="addDocumentSystem")
async def add_system(
    database: Database, vault: Vault, settings: Settings, signed_in: SignedIn, data: NewSystem
) -> DocumentSystem:
    """For administrators: 20 at most. In a pattern `{id}` is one segment of the path or one value."""
    return await systems.add_system(database, vault, signed_in, data, private_addresses=settings.private_addresses)


@patch(
    "/document-systems/{system_id}", tags=TAGS, summary="Change a document system", operation_id="changeDocumentSystem"
)
async def change_system(
    database: Database, vault: Vault, settings: Settings, signed_in: SignedIn, system_id: UUID, data: SystemChanges
) -> DocumentSystem:
    """For administrators: what is not mentioned stays. A connector elsewhere needs its credential anew."""
    return await systems.change_system(
        database, vault, signed_in, system_id, data, private_addresses=settings.private_addresses
    )


@delete(
    "/document-systems/{system_id}", tags=TAGS, summary="Remove a document system", operation_id="removeDocumentSystem"
)
async def remove_system(database: Database, signed_in: SignedIn, system_id: UUID) -> None:
    """For administrators: its links are plain again, and what was acknowledged is forgotten here."""
    await systems.remove_system(database, signed_in, system_id)


@post(
    "/document-systems/{system_id}/test",
    status=200,
    own_idempotency=True,
    tags=TAGS,
    summary="Test a document system",
    operation_id="testDocumentSystem",
)
async def try_system(documents: Documents, signed_in: SignedIn, system_id: UUID) -> TrialResult:
    """For administrators with a confirmed address: asks its connector about no document.

    `reason` is null when it answered well.
    """
    return await systems.try_system(documents, signed_in, system_id)
