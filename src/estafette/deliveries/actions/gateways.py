"""Administrators set up the gateways by which messages leave the server."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import asyncpg

from estafette.accounts import SignedIn
from estafette.base.bus import event
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.deliveries.credentials import seal, unseal
from estafette.deliveries.errors import ManagedElsewhere, UnknownGateway
from estafette.deliveries.models.engine import GATEWAYS_CHANGED
from estafette.deliveries.models.gateways import Gateway, GatewayInput, Health, TransportKind
from estafette.deliveries.rules.gateways import GATEWAYS, Checked, check_gateway, check_move, schema
from estafette.deliveries.rules.permissions import require_administrator
from estafette.deliveries.store import gateway_health
from estafette.deliveries.store import gateways as store
from estafette.deliveries.transports import TRANSPORTS

MOST_WAITING: Final = 10_000
COUNTED: Final = timedelta(hours=24)


def kinds() -> list[TransportKind]:
    """The transports there are, by name."""
    return [
        TransportKind(
            name=each.name,
            channels=sorted(each.channels),
            receipts=each.receipts,
            settings=schema(each.settings),
            credentials=schema(each.credentials),
        )
        for _, each in sorted(TRANSPORTS.items())
    ]


async def list_gateways(database: Database, vault: Vault, who: SignedIn, origin: str) -> list[Gateway]:
    """All gateways in the order in which they are asked; `origin` is where the outside reaches this server."""
    require_administrator(who)
    return await _described(database, vault, None, origin)


async def gateway(database: Database, vault: Vault, who: SignedIn, gateway_id: UUID, origin: str) -> Gateway:
    """One gateway; raises Forbidden and UnknownGateway."""
    require_administrator(who)
    return await _one(database, vault, gateway_id, origin)


async def add_gateway(database: Database, vault: Vault, who: SignedIn, given: GatewayInput, origin: str) -> Gateway:
    """A new gateway; raises Forbidden and Invalid."""
    require_administrator(who)
    return await _one(database, vault, await make_gateway(database, vault, given), origin)


async def make_gateway(database: Database, vault: Vault, given: GatewayInput) -> UUID:
    """A new gateway, without asking who asks; raises Invalid."""
    checked = check_gateway(given, TRANSPORTS, {})
    try:
        async with database.transaction() as transaction:
            if len(await store.lock_all(transaction)) >= GATEWAYS:
                raise invalid("name", "too_many", max=GATEWAYS)
            return await insert(transaction, vault, checked, managed=False)
    except asyncpg.UniqueViolationError:
        raise invalid("name", "gateway_name_taken") from None


async def change_gateway(
    database: Database, vault: Vault, who: SignedIn, gateway_id: UUID, given: GatewayInput, origin: str
) -> Gateway:
    """Another form of a gateway; credentials that are left out stay, unless it moves elsewhere.

    Raises Forbidden, UnknownGateway, Invalid, ManagedElsewhere.
    """
    require_administrator(who)
    try:
        async with database.transaction() as transaction:
            old = await _own(transaction, gateway_id)
            # What another transport is signed in to with means nothing to this one.
            kept = credentials_of(vault, old) if given.transport == old.transport else {}
            checked = check_gateway(given, TRANSPORTS, kept)
            check_move(checked, old.settings, kept)
            await update(transaction, vault, old, checked, managed=False)
    except asyncpg.UniqueViolationError:
        raise invalid("name", "gateway_name_taken") from None
    return await _one(database, vault, gateway_id, origin)


async def remove_gateway(database: Database, who: SignedIn, gateway_id: UUID) -> None:
    """Takes a gateway out of use; raises Forbidden, UnknownGateway, ManagedElsewhere."""
    require_administrator(who)
    async with database.transaction() as transaction:
        await _own(transaction, gateway_id)
        await store.remove(transaction, gateway_id, transaction.clock.now())
        transaction.announce(event(GATEWAYS_CHANGED, None))


async def insert(transaction: Transaction, vault: Vault, checked: Checked, *, managed: bool) -> UUID:
    """Stores a new gateway and returns its id; raises UniqueViolationError."""
    id_ = new_id()
    await store.insert(transaction, _row(transaction, vault, id_, checked, managed))
    transaction.announce(event(GATEWAYS_CHANGED, None))
    return id_


async def update(transaction: Transaction, vault: Vault, old: store.Row, checked: Checked, *, managed: bool) -> None:
    """Stores another form of a gateway, unless it is the same; raises UniqueViolationError."""
    new = _row(transaction, vault, old.id, checked, managed)
    if _form(new) == _form(old) and checked.credentials == credentials_of(vault, old):
        return
    await store.update(transaction, new)
    transaction.announce(event(GATEWAYS_CHANGED, None))


def _row(transaction: Transaction, vault: Vault, id_: UUID, checked: Checked, managed: bool) -> store.Row:
    given, now = checked.given, transaction.clock.now()
    return store.Row(
        id=id_,
        name=checked.name,
        name_key=checked.name_key,
        transport=given.transport,
        channels=sorted(set(given.channels)),
        priority=given.priority,
        enabled=given.enabled,
        managed=managed,
        settings=checked.settings,
        credentials=seal(vault, id_, checked.credentials),
        segments_per_second=given.segments_per_second,
        links=given.links,
        receipts_expected=checked.receipts_expected,
        created_at=now,
        changed_at=now,
    )


def _form(row: store.Row) -> tuple[object, ...]:
    return (
        *(row.name, row.transport, row.channels, row.priority, row.enabled, row.managed, row.settings),
        *(row.segments_per_second, row.links, row.receipts_expected),
    )


async def _own(transaction: Transaction, gateway_id: UUID) -> store.Row:
    found = await store.lock(transaction, gateway_id)
    if found is None:
        raise UnknownGateway
    if found.managed:
        raise ManagedElsewhere
    return found


def credentials_of(vault: Vault, row: store.Row) -> dict[str, Any]:
    """What a gateway is signed in to with, in the clear; nothing when the key in the data folder is another one."""
    try:
        return unseal(vault, row.id, row.credentials)
    except ValueError:
        return {}


async def _one(database: Database, vault: Vault, gateway_id: UUID, origin: str) -> Gateway:
    found = await _described(database, vault, gateway_id, origin)
    if not found:
        raise UnknownGateway
    return found[0]


async def _described(database: Database, vault: Vault, gateway_id: UUID | None, origin: str) -> list[Gateway]:
    now = database.clock.now()
    rows = await gateway_health.described(database, gateway_id, now, MOST_WAITING)
    counts = await gateway_health.counts_since(database, [row["id"] for row in rows], now - COUNTED)
    return [_gateway(vault, row, counts.get(row["id"], {}), origin) for row in rows]


def _gateway(vault: Vault, row: Mapping[str, Any], counts: dict[str, int], origin: str) -> Gateway:
    try:
        credentials = unseal(vault, row["id"], row["credentials"])
    except ValueError:
        credentials = {}
    transport = TRANSPORTS.get(row["transport"])
    return Gateway(
        **{name: row[name] for name in _SHOWN},
        credentials_set=sorted(credentials),
        health=Health(**{name: row[name] for name in Health.__struct_fields__}),
        counts=counts,
        callback_url=f"{origin}/api/v1/callbacks/{row['id']}" if getattr(transport, "callbacks", False) else None,
    )


_SHOWN: Final = (
    *("id", "name", "transport", "channels", "priority", "enabled", "managed", "settings"),
    *("segments_per_second", "links", "receipts_expected", "created_at", "changed_at"),
)
