"""Whether what is encrypted in the database can be read with the key in the data folder."""

from typing import Any

from estafette.base.settings import Settings
from estafette.cli.finding import Finding

_SUBJECT = "key of secrets"


async def examine_key(settings: Settings, connection: Any) -> Finding:
    """What `estafette doctor` says of it; makes no key."""
    sentence = await _unreadable(settings, connection)
    return Finding(_SUBJECT, sentence is None, sentence or "reads all that is encrypted")


async def warn_of_key(settings: Settings, dsn: str) -> str | None:
    """The sentence for the start, before a missing key is made anew; None when all can be read.

    The start goes on: what people say is kept, deliveries and webhooks wait, and with the right key they go out.
    """
    import asyncpg

    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        return await _unreadable(settings, connection)
    finally:
        await connection.close()


async def _unreadable(settings: Settings, connection: Any) -> str | None:
    from estafette.base.vault import kept_vault, vault_key
    from estafette.deliveries import unreadable_gateways
    from estafette.documents import unreadable_systems
    from estafette.webhooks import unreadable_webhooks

    path = vault_key(settings.data)
    try:
        vault = kept_vault(settings.data)
    except OSError as error:
        return f"The key {path} cannot be read ({error.strerror}): run chown and chmod 600 on it for this user"
    names, webhooks = await unreadable_gateways(connection, vault), await unreadable_webhooks(connection, vault)
    systems = await unreadable_systems(connection, vault)
    if not names and not webhooks and not systems:
        return None
    what = [f"the gateways {', '.join(names)}"] if names else []
    what += [f"{webhooks} webhooks"] if webhooks else []
    what += [f"the document systems {', '.join(systems)}"] if systems else []
    why = "is not the one they were encrypted with" if path.exists() else "is missing"
    return (
        f"Nothing goes out by {' and '.join(what)}: the key {path} {why}. Put it back from a backup and start again; "
        "if it is lost, give the gateways their credentials anew on Admin → Gateways, the document systems theirs on "
        "Admin → Documents, and make the webhooks anew"
    )
