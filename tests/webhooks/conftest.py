"""A receiver, and everything that calling it needs."""

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio

from estafette import webhooks
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.outgoing import Outgoing
from estafette.base.vault import Vault
from estafette.webhooks.actions import webhooks as verbs
from estafette.webhooks.models import Call, NewWebhook, WebhookShown
from tests.webhooks.receiver import Receiver, receiving
from tests.world import sign_in


class Scene:
    """A service account, its receiver, and the worker that calls."""

    def __init__(self, database: Database, vault: Vault, robot: SignedIn, receiver: Receiver) -> None:
        self.database, self.vault, self.robot, self.receiver = database, vault, robot, receiver

    async def webhook(self, path: str = "/told", who: SignedIn | None = None) -> WebhookShown:
        """A webhook at the receiver."""
        given = NewWebhook(url=f"{self.receiver.url}{path}")
        return await verbs.add_webhook(self.database, self.vault, who or self.robot, given, private_addresses=True)

    async def happens(self, *payloads: dict[str, Any], who: SignedIn | None = None) -> None:
        """Something of an account's happened."""
        async with self.database.transaction() as transaction:
            owner = (who or self.robot).person_id
            await webhooks.call(transaction, owner, "delivery.status_changed", payloads or ({"delivery": 1},))

    async def calls(self, webhook: WebhookShown) -> list[Call]:
        """What the owner sees of the calls, newest first."""
        found, _ = await verbs.list_calls(self.database, self.robot, webhook.id, None, 100)
        return found

    @asynccontextmanager
    async def working(self, *, private_addresses: bool = True) -> AsyncGenerator[None, None]:
        """A worker that calls."""
        stop = asyncio.Event()
        async with Outgoing(private_addresses=private_addresses) as outgoing:
            work = asyncio.create_task(webhooks.run_webhooks(self.database, self.vault, outgoing, stop))
            try:
                yield
            finally:
                stop.set()
                async with asyncio.timeout(5):
                    await work

    async def settled(self, webhook: WebhookShown, *, failures: int = 0, answered: int = 0) -> list[Call]:
        """The calls once so many failures in a row have been noted, and so many good answers."""
        async with asyncio.timeout(10):
            while True:
                [now] = [each for each in await verbs.list_webhooks(self.database, self.robot) if each.id == webhook.id]
                found = await self.calls(webhook)
                good = sum(each.state == "answered" for each in found)
                if (now.failures, good) == (failures, answered):
                    return found
                await asyncio.sleep(0.02)


@pytest.fixture
def vault() -> Vault:
    return Vault(secrets.token_bytes(32))


@pytest_asyncio.fixture
async def scene(database: Database, vault: Vault) -> AsyncGenerator[Scene, None]:
    """A robot with a receiver and no webhook yet."""
    async with receiving() as receiver:
        robot = await sign_in(database, "robot@example.com", "Robot", "service")
        yield Scene(database, vault, robot, receiver)
