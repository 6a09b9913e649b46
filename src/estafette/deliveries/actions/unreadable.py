"""Which gateways cannot be signed in to, since the key in the data folder is not the one they were encrypted with."""

from estafette.base.database import Queries
from estafette.base.vault import Vault
from estafette.deliveries.credentials import unseal
from estafette.deliveries.store import gateways as store


async def unreadable_gateways(queries: Queries, vault: Vault | None) -> list[str]:
    """Their names; without a vault those of all that are encrypted."""
    found: list[str] = []
    for row in await store.sealed(queries):
        try:
            if vault is not None:
                unseal(vault, row["id"], row["credentials"])
                continue
        except ValueError:
            pass
        found.append(row["name"])
    return found
