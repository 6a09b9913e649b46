"""What the walk over every endpoint needs of all that leaves the server: inputs that are right, and fresh targets."""

import base64
import os
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.deliveries import Acceptor, NewDelivery
from tests.browsers import browser_of


def outgoing_bodies() -> dict[str, Any]:
    """Bodies by method and path."""
    gateway = {"name": uuid4().hex, "transport": "folder", "channels": ["sms", "email"]}
    return {
        "PATCH /api/v1/webhooks/{webhook_id}": {"url": "https://example.com/told"},
        "POST /api/v1/deliveries": {"channel": "sms", "to": "+33612345678", "text": "Hello"},
        "POST /api/v1/deliveries/preview": {"text": "Hello"},
        "POST /api/v1/gateways": gateway,
        "POST /api/v1/gateways/{gateway_id}/test": {"to": "+33612345678", "text": "Hello"},
        "DELETE /api/v1/push/broadcast-subscriptions": {"endpoint": "https://push.example.com/1", "auth": "AAAA"},
        "POST /api/v1/push/broadcast-subscriptions": subscription(),
        "POST /api/v1/push/subscriptions": subscription(),
        "POST /api/v1/suppressions": {"channel": "sms", "recipient": "+33612345678"},
        "POST /api/v1/webhooks": {"url": "https://example.com/told"},
        "POST /messages": {"message": "This is a message", "from": "Something", "to": 554899246868, "type": "SMS"},
        "PUT /api/v1/gateways/{gateway_id}": gateway,
        "PUT /api/v1/push/broadcast-settings": {"offered": True},
    }


def subscription() -> dict[str, Any]:
    """A browser as it describes itself."""
    key = generate_private_key(SECP256R1()).public_key()
    return {
        "endpoint": f"https://push.example.com/{uuid4()}",
        "keys": {
            "p256dh": base64url(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)),
            "auth": base64url(os.urandom(16)),
        },
        "expirationTime": None,
    }


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


async def outgoing_targets(database: Database, path: str, ann: UUID, robot: UUID) -> dict[str, Any]:
    """What a path speaks of, made anew: the service account's deliveries and webhooks, Ann's browser."""
    found: dict[str, Any] = {}
    if "{delivery_id}" in path:
        new = NewDelivery(owner_id=robot, channel="sms", sender="", recipient="+33612345678", text="Hello")
        found["delivery_id"] = (await Acceptor(database).accept(new)).id
    if "{webhook_id}" in path:
        found["webhook_id"] = await webhook(database, robot)
    if "{gateway_id}" in path:
        found["gateway_id"] = uuid4() if "/callbacks/" in path else await gateway(database)
    if "{recipient}" in path:
        found |= {"channel": "email", "recipient": f"{uuid4().hex}@example.com"}
        await database.execute(
            "INSERT INTO suppressions (channel, recipient, reason, at) VALUES ('email', $1, 'asked', now())",
            found["recipient"],
        )
    if "{subscription_id}" in path:
        found["subscription_id"] = await browser_of(database, ann)
    return found


async def webhook(database: Database, owner: UUID) -> UUID:
    id_ = new_id()
    await database.execute("DELETE FROM webhooks")
    await database.execute(
        "INSERT INTO webhooks (id, owner_id, url, events, secret, enabled, created_at) "
        "VALUES ($1, $2, 'https://example.com/told', '{delivery.status_changed}', '', true, now())",
        id_,
        owner,
    )
    return id_


async def gateway(database: Database) -> UUID:
    id_ = new_id()
    await database.execute(
        "INSERT INTO gateways (id, name, name_key, transport, channels, priority, enabled, settings, "
        "segments_per_second, links, receipts_expected, created_at, changed_at) "
        "VALUES ($1, $2, $2, 'folder', '{sms}', 100, true, '{}', 10, 1, true, now(), now())",
        id_,
        str(id_),
    )
    return id_
