"""By which channels a client can be reached."""

from uuid import UUID

from estafette.base.database import Queries


async def channels(queries: Queries, client_id: UUID) -> tuple[set[str], set[str]]:
    """The channels for which a client has an address, and those that it refused."""
    row = await queries.fetchrow(
        """
        SELECT array_remove(ARRAY[
            CASE WHEN email IS NOT NULL THEN 'email' END,
            CASE WHEN phone IS NOT NULL THEN 'sms' END,
            CASE WHEN whatsapp IS NOT NULL THEN 'whatsapp' END
        ], NULL) AS addresses, refused
        FROM registered_clients WHERE id = $1
        """,
        client_id,
    )
    return (set(row["addresses"]), set(row["refused"])) if row else (set(), set())


async def is_registered(queries: Queries, client_id: UUID) -> bool:
    """Whether there is such a client."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM registered_clients WHERE id = $1)", client_id)
