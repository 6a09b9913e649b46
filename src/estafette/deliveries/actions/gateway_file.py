"""Gateways of the settings file, and the one that every installation has from its first start: Web Push."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from estafette.base.database import Database, Transaction
from estafette.base.errors import Invalid
from estafette.base.vault import Vault
from estafette.deliveries.actions.gateways import insert, update
from estafette.deliveries.credentials import unseal
from estafette.deliveries.models.gateways import GatewayInput
from estafette.deliveries.rules.gateways import MADE, PUSH, Checked, check_gateway
from estafette.deliveries.store import gateways as store
from estafette.deliveries.transports import TRANSPORTS

_PUSH_GATEWAY: Final = GatewayInput(
    name="Web Push", transport=PUSH, channels=["push"], segments_per_second=100.0, links=2
)


class WrongGatewayFile(ValueError):
    """A sentence for the operator: what is wrong in the file, and where."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    gateway: list[GatewayInput] = []


def read_gateway_file(path: Path) -> list[GatewayInput]:
    """The gateways of a TOML file, `[[gateway]]` each; raises WrongGatewayFile."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        gateways = msgspec.convert(found, _File).gateway
    except OSError as error:
        raise WrongGatewayFile(f"The file of gateways {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise WrongGatewayFile(f"The file of gateways {path} is wrong: {error}.") from error
    for index, given in enumerate(gateways, 1):
        try:
            check_gateway(given, TRANSPORTS, {})
        except Invalid as error:
            fields = ", ".join(f"{each.field} ({each.code.replace('_', ' ')})" for each in error.fields)
            raise WrongGatewayFile(f"Gateway {index} ({given.name!r}) in {path} is wrong: {fields}.") from error
    if len({check_gateway(each, TRANSPORTS, {}).name_key for each in gateways}) < len(gateways):
        raise WrongGatewayFile(f"Two gateways in {path} have the same name.")
    return gateways


async def prepare_gateways(database: Database, vault: Vault, gateways: Sequence[GatewayInput]) -> None:
    """Makes the managed gateways those of the file, by their names, and at the first start the one for Web Push.

    A managed gateway that is not in the file any more is removed.
    """
    wanted = {each.name_key: each for each in (check_gateway(given, TRANSPORTS, {}) for given in gateways)}
    async with database.transaction() as transaction:
        await store.one_at_a_time(transaction)
        there = {row.name_key: row for row in await store.lock_all(transaction)}
        for key, row in there.items():
            if row.managed and key not in wanted:
                await store.remove(transaction, row.id, transaction.clock.now())
        for key, checked in wanted.items():
            await _keep(transaction, vault, there.get(key), checked)
        push = check_gateway(_PUSH_GATEWAY, TRANSPORTS, {})
        if push.name_key not in there.keys() | wanted.keys() and not await store.was_there(transaction, PUSH):
            await insert(transaction, vault, push, managed=False)


async def _keep(transaction: Transaction, vault: Vault, there: store.Row | None, checked: Checked) -> None:
    if there is None:
        await insert(transaction, vault, checked, managed=True)
        return
    made, _ = MADE.get(checked.transport.name, (None, None))
    if made and made not in checked.given.credentials and there.transport == checked.transport.name:
        # What the file leaves out is made once: browsers are subscribed to the key, reports signed with the secret.
        try:
            kept = unseal(vault, there.id, there.credentials)
        except ValueError:
            # The key in the data folder is another one. What is there can be read again once that is put back.
            return
        checked = check_gateway(checked.given, TRANSPORTS, {made: kept.get(made)})
    await update(transaction, vault, there, checked, managed=True)
