"""Which webhooks cannot be signed, since the key in the data folder is not the one they were encrypted with."""

from estafette.base.database import Queries
from estafette.base.vault import Vault
from estafette.webhooks.store import webhooks as store


async def unreadable_webhooks(queries: Queries, vault: Vault | None) -> int:
    """How many; without a vault all that there are."""
    return sum(not _is_readable(vault, row["secret"], row["id"].bytes) for row in await store.sealed(queries))


def _is_readable(vault: Vault | None, sealed: bytes, about: bytes) -> bool:
    try:
        return vault is not None and bool(vault.decrypt(sealed, about))
    except ValueError:
        return False
