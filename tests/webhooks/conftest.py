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
from estafette.webhooks.models import Call, NewWebhook, Webhook, WebhookShown
from tests.waiting import PATIENCE, eventually
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
                async with asyncio.timeout(PATIENCE):
                    await work

    async def settled(self, webhook: WebhookShown, *, failures: int = 0, answered: int = 0) -> list[Call]:
        """The calls once so many failures in a row have been noted, and so many good answers."""
        found: list[Call] = []

        async def are_noted() -> bool:
            nonlocal found
            now = await self.now(webhook)
            found = await self.calls(webhook)
            good = sum(each.state == "answered" for each in found)
            return (now.failures, good) == (failures, answered)

        await eventually(are_noted, lambda: found)
        return found

    async def now(self, webhook: WebhookShown) -> Webhook:
        """A webhook as its owner sees it now."""
        [found] = [each for each in await verbs.list_webhooks(self.database, self.robot) if each.id == webhook.id]
        return found

    async def nothing_waits(self) -> None:
        """Waits until no call is to be made any more, to whichever webhook."""
        await eventually(
            lambda: self.database.fetchval("SELECT NOT EXISTS (SELECT FROM webhook_calls WHERE done_at IS NULL)")
        )

    async def all_failed(self, webhook: WebhookShown) -> None:
        """Waits until whatever is due at a webhook that only fails has failed once more, and this is noted."""
        await eventually(
            lambda: self.database.fetchval(
                """
                SELECT sum(attempts) = (SELECT failures FROM webhooks WHERE id = $1)
                    AND bool_and(done_at IS NOT NULL OR not_before > $2)
                FROM webhook_calls WHERE webhook_id = $1
                """,
                webhook.id,
                self.database.clock.now(),
            )
        )


@pytest.fixture
def vault() -> Vault:
    return Vault(secrets.token_bytes(32))


@pytest_asyncio.fixture
async def scene(database: Database, vault: Vault) -> AsyncGenerator[Scene, None]:
    """A robot with a receiver and no webhook yet."""
    async with receiving() as receiver:
        robot = await sign_in(database, "robot@example.com", "Robot", "service")
        yield Scene(database, vault, robot, receiver)
