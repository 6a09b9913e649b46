"""Gateways over HTTP, for administrators."""

from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.base.vault import Vault
from estafette.deliveries.actions import gateways, trying
from estafette.deliveries.actions.accepting import Acceptor
from estafette.deliveries.api.inputs import dialled
from estafette.deliveries.models.deliveries import Delivery
from estafette.deliveries.models.gateways import Gateway, GatewayInput, TransportKind
from estafette.deliveries.rules.permissions import require_administrator
from estafette.http import Key, delete, get, post, put

TAGS = ["Gateways"]


class Gateways(msgspec.Struct, frozen=True, kw_only=True):
    """All gateways, in the order in which they are asked."""

    items: list[Gateway]
    next: str | None = None


class TransportKinds(msgspec.Struct, frozen=True, kw_only=True):
    """The transports that a gateway can have."""

    items: list[TransportKind]


class TestMessage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who gets a test message: a phone number with its plus sign, an e-mail address, or a push subscription."""

    to: str
    text: str


@get("/gateways", tags=TAGS, summary="Gateways", operation_id="listGateways")
async def list_gateways(database: Database, vault: Vault, settings: Settings, signed_in: SignedIn) -> Gateways:
    """For administrators: all gateways, with their health now and their counts of the last 24 hours."""
    return Gateways(items=await gateways.list_gateways(database, vault, signed_in, settings.origin))


@post("/gateways", tags=TAGS, summary="Add a gateway", operation_id="addGateway")
async def add_gateway(
    database: Database, vault: Vault, settings: Settings, signed_in: SignedIn, data: GatewayInput
) -> Gateway:
    """For administrators. Credentials are stored encrypted and never shown again."""
    return await gateways.add_gateway(database, vault, signed_in, data, settings.origin)


@get("/gateways/kinds", tags=TAGS, summary="Kinds of gateways", operation_id="listGatewayKinds")
async def list_kinds(signed_in: SignedIn) -> TransportKinds:
    """For administrators: what each transport needs to know, as JSON Schema."""
    require_administrator(signed_in)
    return TransportKinds(items=gateways.kinds())


@get("/gateways/{gateway_id}", tags=TAGS, summary="A gateway", operation_id="getGateway")
async def get_gateway(
    database: Database, vault: Vault, settings: Settings, signed_in: SignedIn, gateway_id: UUID
) -> Gateway:
    """For administrators."""
    return await gateways.gateway(database, vault, signed_in, gateway_id, settings.origin)


@put("/gateways/{gateway_id}", tags=TAGS, summary="Change a gateway", operation_id="changeGateway")
async def change_gateway(
    database: Database, vault: Vault, settings: Settings, signed_in: SignedIn, gateway_id: UUID, data: GatewayInput
) -> Gateway:
    """For administrators. What is not mentioned gets its default, but credentials stay; null takes one away."""
    return await gateways.change_gateway(database, vault, signed_in, gateway_id, data, settings.origin)


@delete("/gateways/{gateway_id}", tags=TAGS, summary="Remove a gateway", operation_id="removeGateway")
async def remove_gateway(database: Database, signed_in: SignedIn, gateway_id: UUID) -> None:
    """For administrators. Its credentials are forgotten; what it carried goes on naming it."""
    await gateways.remove_gateway(database, signed_in, gateway_id)


@post(
    "/gateways/{gateway_id}/test",
    tags=TAGS,
    summary="Send a test message",
    operation_id="testGateway",
    own_idempotency=True,
)
async def try_gateway(
    database: Database,
    acceptor: Acceptor,
    signed_in: SignedIn,
    gateway_id: UUID,
    data: TestMessage,
    key: Key = None,
) -> Delivery:
    """For administrators: a message of theirs through this gateway and no other."""
    to = dialled(signed_in, "sms", data.to)
    return await trying.try_gateway(database, acceptor, signed_in, gateway_id, to, data.text, key)
