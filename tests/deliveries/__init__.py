"""What tests of deliveries share: an account that sends, and a gateway that does what it is told."""

from typing import Any
from uuid import UUID

from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.deliveries import NewDelivery

ANN = UUID(int=0xA)
BEN = UUID(int=0xB)


def text_message(text: str = "Good day", to: str = "+33612345678", owner: UUID = ANN, **more: Any) -> NewDelivery:
    """A text message that nobody could object to."""
    return NewDelivery(owner_id=owner, channel="sms", sender="Estafette", recipient=to, text=text, **more)


async def add_gateway(
    database: Database,
    *,
    name: str | None = None,
    transport: str = "scripted",
    channels: tuple[str, ...] = ("sms",),
    **more: Any,
) -> UUID:
    """A gateway that is in use; `more` are columns."""
    id_ = new_id()
    values: dict[str, Any] = {
        "priority": 100,
        "enabled": True,
        "settings": {},
        "credentials": None,
        "segments_per_second": 10_000.0,
        "links": 1,
        "receipts_expected": True,
    } | more
    name = name or str(id_)
    await database.execute(
        """
        INSERT INTO gateways (id, name, name_key, transport, channels, priority, enabled, settings, credentials,
            segments_per_second, links, receipts_expected, created_at, changed_at)
        VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now(), now())
        """,
        id_,
        name,
        transport,
        list(channels),
        *values.values(),
    )
    await database.execute("INSERT INTO gateway_states (gateway_id, refilled_at) VALUES ($1, now())", id_)
    return id_
