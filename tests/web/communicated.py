"""What the walk over every endpoint needs of communications: right inputs, and fresh targets."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.clients import NewClient, add_clients
from estafette.communications.actions import creating, pausing
from estafette.communications.models.audiences import ClientsAudience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.content import Content, SmsText, Texts
from estafette.communications.models.lists import ClientList
from estafette.communications.models.schedules import Schedule
from estafette.communications.rules.preferences import Preference, PreferenceLinks
from estafette.communications.store import lists
from estafette.deliveries import BATCHES, InboundMessage, Inbox
from tests.world import World

SAID: Final[dict[str, Any]] = {"default_language": "en", "texts": {"en": {"sms": {"text": "We open at eight."}}}}
_CONTENT: Final = Content(default_language="en", texts={"en": Texts(sms=SmsText(text="We open at eight."))})
PHONE: Final = b"+33612345678"
_STEPS: Final = ("pause", "resume", "cancel")


def communicated_bodies() -> dict[str, Any]:
    """Bodies by method and path."""
    new: dict[str, Any] = {"channels": ["sms"], "content": SAID, "audience": {"kind": "everyone"}}
    price = {"channel": "sms", "currency": "EUR", "price": "0.045"}
    return {
        "POST /api/v1/communications/preview": {"content": SAID, "channel": "sms"},
        "POST /api/v1/communications/test": {"content": SAID, "channel": "sms", "address": "+33612345678"},
        "POST /api/v1/communications/estimate": new,
        "PUT /api/v1/communication-settings": {"organisation": "ACME", "prices": [price]},
        "POST /api/v1/communications": new,
        "POST /v1/communications": {"channels": ["push"], "message": "We open at eight."},
        "PATCH /v1/communications/{communication_id}": {"message": "We open at nine."},
        "POST /v1/clients": {"name": "Zoe"},
        "PATCH /v1/clients/{client_id}": {"revision": 1, "name": "Zoe"},
        "PUT /api/v1/answer-settings": {"confirms": True},
        "PATCH /api/v1/communications/{communication_id}": {"revision": 1, "name": "Opening"},
    }


async def communicated_targets(world: World, path: str, found: dict[str, Any]) -> dict[str, Any]:
    """What a path speaks of: a communication with the client that it is for, made anew."""
    if "{answer_id}" in path:
        return {"answer_id": await _answer(world)}
    if path.endswith("/client-lists"):
        await _client(world)
    if "{list_id}" in path:
        kept = ClientList(id=new_id(), name="VIP", clients=0, created_at=world.database.clock.now())
        await lists.insert(world.database, kept, world.root.person_id, named=True)
        return {"list_id": kept.id}
    if "{communication_id}" not in path:
        return {}
    database, root = world.database, world.root
    client_id = found.get("client_id") or await _client(world)
    step = path.rsplit("/", 1)[-1]
    new = NewCommunication(
        channels=["sms"],
        content=_CONTENT,
        audience=ClientsAudience(ids=[client_id]),
        schedule=Schedule(send_at=database.clock.now() + timedelta(days=1)),
        draft=step not in _STEPS,
    )
    made = await creating.create(database, root, new)
    if step == "resume":
        await pausing.pause(database, root, made.id)
    if step in ("resend", "{client_id}"):
        await _failed(database, made.id, client_id)
    return {"communication_id": made.id, "client_id": client_id}


async def preferences_token(world: World, vault: Vault) -> str:
    """What the link of a client to the page of its preferences ends with."""
    asked = Preference(
        client_id=await _client(world), channel="sms", communication_id=new_id(), at=world.database.clock.now()
    )
    return PreferenceLinks("https://x", vault).token(asked)


async def _answer(world: World) -> UUID:
    written = InboundMessage(body=b"Yes", channel="sms", sender="+33612345678", text="Yes", provider_id=new_id().hex)
    await Inbox(world.database).hand_in(new_id(), [written])
    await world.react()
    return await world.database.fetchval("SELECT inbound_id FROM client_answers ORDER BY inbound_id DESC LIMIT 1")


async def _client(world: World) -> UUID:
    await world.database.execute("DELETE FROM clients WHERE name = 'Addressee'")
    await add_clients(world.database, world.root, [NewClient(name="Addressee", phone=PHONE.decode())])
    return await world.database.fetchval("SELECT id FROM clients WHERE name = 'Addressee'")


async def _failed(database: Database, communication_id: UUID, client_id: UUID) -> None:
    """It is over, and its client did not get it."""
    delivery_id = await database.fetchval(
        """
        INSERT INTO deliveries (
            batch_id, batch_member, owner_id, channel, urgency, sender, recipient, text, segments, status, reason,
            events, created_at, changed_at, send_at, expires_at
        )
        VALUES ($1, $2, $3, 'sms', 2, '', '+33612345678', 'Hello', 1, 'OPERATOR_ERROR', 'bad_destination', 1,
            now(), now(), now(), now())
        RETURNING id
        """,
        communication_id,
        client_id,
        BATCHES,
    )
    await database.execute(
        """
        INSERT INTO delivery_events (delivery_id, ordinal, owner_id, at, status, reason)
        VALUES ($1, 1, $2, now(), 'OPERATOR_ERROR', 'bad_destination')
        """,
        delivery_id,
        BATCHES,
    )
    await database.execute(
        """
        INSERT INTO communication_recipients (communication_id, channel, client_id, state, not_before, delivery_id)
        VALUES ($1, 'sms', $2, 'handed_over', now(), $3)
        """,
        communication_id,
        client_id,
        delivery_id,
    )
    await database.execute("UPDATE communications SET state = 'completed' WHERE id = $1", communication_id)
