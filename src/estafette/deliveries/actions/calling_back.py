"""Calling back: gateways that report by HTTP."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import structs

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.vault import Vault
from estafette.deliveries.actions.accounts import account_of
from estafette.deliveries.actions.receiving import Inbox
from estafette.deliveries.errors import CallbackRefused, UnknownGateway
from estafette.deliveries.models.engine import TransportEnvironment
from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.models.transport import Callback, CallbackAnswer, Transport
from estafette.deliveries.store import gateway_states
from estafette.deliveries.transports import TRANSPORTS

PATIENCE: Final = 10.0  # seconds
PAUSE: Final = 0.5
REFUSED_BYTES: Final = 2_048
"""What is kept of a body that was not believed: anybody may send one."""


class Callbacks:
    """Takes what gateways report to one process."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        environment: TransportEnvironment,
        known: Mapping[str, Transport] | None = None,
    ) -> None:
        self._database, self._vault, self._environment = database, vault, environment
        self._transports = known
        self._inbox = Inbox(database)

    async def take(self, gateway_id: UUID, callback: Callback) -> bytes:
        """Returns once everything that was reported is committed, with what the gateway wants to read.

        Raises UnknownGateway, CallbackRefused (the body is kept with that fault), LinkRefused when the gateway's own
        settings are of no use.
        """
        gateway = await gateway_states.find(self._database, gateway_id)
        if gateway is None:
            raise UnknownGateway
        known = TRANSPORTS if self._transports is None else self._transports
        transport, account = account_of(gateway, known, self._vault, self._environment)
        try:
            told = transport.read_callback(account, structs.replace(callback, received_at=self._database.clock.now()))
        except CallbackRefused:
            # Who asks without a body has said it in the URL.
            body = callback.body or urlsplit(callback.url).query.encode()
            refused = Receipt(body=body[:REFUSED_BYTES], fault="callback_refused")
            await self._hand_in(gateway_id, [refused])
            raise
        await self._hand_in(gateway_id, [each for each in told if not isinstance(each, CallbackAnswer)])
        return b"".join(each.body for each in told if isinstance(each, CallbackAnswer))

    async def _hand_in(self, gateway_id: UUID, told: Sequence[Told]) -> None:
        # Not every gateway repeats what was not taken: a database that restarts must not cost a receipt.
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while True:
            try:
                return await self._inbox.hand_in(gateway_id, told)
            except DATABASE_IS_AWAY:
                if loop.time() + PAUSE > until:
                    raise
            await asyncio.sleep(PAUSE)
