"""Which systems cannot be asked, since the key in the data folder is not the one that encrypted their credentials."""

from typing import Any

from estafette.base.database import Queries
from estafette.base.vault import Vault
from estafette.documents.store import systems as store


async def unreadable_systems(queries: Queries, vault: Vault | None) -> list[str]:
    """Their names; without a vault those of all."""
    return [row["name"] for row in await store.sealed(queries) if not _is_readable(vault, row)]


def _is_readable(vault: Vault | None, row: Any) -> bool:
    try:
        return vault is not None and bool(vault.decrypt(row["credential"], row["id"].bytes))
    except ValueError:
        return False
