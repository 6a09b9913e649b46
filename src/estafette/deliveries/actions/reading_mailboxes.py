"""Reading mailboxes: each letter is handled once, since the position moves together with what it causes."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.deliveries.actions.accounts import account_of
from estafette.deliveries.actions.receiving import receive_told
from estafette.deliveries.models.engine import ActiveGateway, TransportEnvironment
from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.mailboxes import Mailbox, MailPosition, OpenMailbox
from estafette.deliveries.models.transport import ReadsMail, Transport
from estafette.deliveries.rules.wording import storable
from estafette.deliveries.store import gateway_states
from estafette.deliveries.store import mailboxes as store

EVERY: Final = timedelta(seconds=30)
LEASED: Final = timedelta(minutes=10)
BEFORE: Final = timedelta(days=7)
"""Of a mailbox that is read for the first time, or whose numbers have begun anew: what was told before is known again
by its body."""

_log = structlog.get_logger(__name__)


class MailReader:
    """Reads the mailboxes of gateways that are due, one after the other, for one worker."""

    def __init__(
        self, database: Database, vault: Vault, environment: TransportEnvironment, transports: Mapping[str, Transport]
    ) -> None:
        self._database, self._vault, self._environment, self._transports = database, vault, environment, transports
        self.id = new_id()

    async def read_due(self) -> bool:
        """Reads the mailbox that is due for the longest time, if there is one; whether there was."""
        found = {gateway.id: gateway for gateway in await self._with_mailbox()}
        if not found:
            return False
        now = self._database.clock.now()
        await store.note(self._database, sorted(found), now)
        gateway_id = await store.lease(self._database, sorted(found), self.id, now, now + LEASED)
        if gateway_id is None:
            return False
        try:
            await self._read(found[gateway_id])
        except LinkRefused as error:
            _log.warning("mailbox not read", gateway=found[gateway_id].name, reason=error.reason)
            now = self._database.clock.now()
            await store.fail(self._database, gateway_id, self.id, now, error.fault, storable(error.reason))
        else:
            now = self._database.clock.now()
            await store.release(self._database, gateway_id, self.id, now, now + EVERY)
        return True

    async def _with_mailbox(self) -> list[ActiveGateway]:
        return [
            gateway
            for gateway in await gateway_states.active(self._database)
            if isinstance(transport := self._transports.get(gateway.transport), ReadsMail)
            and transport.names_mailbox(gateway.settings)
        ]

    async def _read(self, gateway: ActiveGateway) -> None:
        transport, account = account_of(gateway, self._transports, self._vault, self._environment)
        if not isinstance(transport, ReadsMail):
            return
        mailbox = await asyncio.to_thread(transport.mailbox, account)
        opened = await asyncio.to_thread(mailbox.open)
        try:
            while await self._read_some(gateway.id, transport, mailbox, opened):
                pass
        finally:
            await asyncio.to_thread(opened.close)

    async def _read_some(self, gateway_id: UUID, transport: ReadsMail, mailbox: Mailbox, opened: OpenMailbox) -> bool:
        """Handles the next letters; whether there are more."""
        async with self._database.transaction() as transaction:
            row = await store.lock(transaction, gateway_id, self.id)
        if row is None:
            return False
        before = _position(row, mailbox.place)
        since = (self._database.clock.now() - BEFORE).date()
        found = await asyncio.to_thread(opened.read, before, since)
        told: list[tuple[UUID, Told]] = [
            (gateway_id, await asyncio.to_thread(transport.read_letter, raw)) for _, raw in found.letters
        ]
        async with self._database.transaction() as transaction:
            row = await store.lock(transaction, gateway_id, self.id)
            if row is None or _position(row, mailbox.place) != before:
                # Somebody else has gone on, since we took too long.
                return False
            await receive_told(transaction, told)
            until = transaction.clock.now() + LEASED
            to = found.position
            await store.move(transaction, gateway_id, mailbox.place, to.uid_validity, to.uid, until)
        await asyncio.to_thread(opened.finish, [uid for uid, _ in found.letters])
        return found.more


def _position(row: Any, place: str) -> MailPosition | None:
    if row["uid"] is None or row["place"] != place:
        return None
    return MailPosition(uid_validity=row["uid_validity"], uid=row["uid"])
