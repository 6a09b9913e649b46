"""The loop that makes the calls: any number of workers share them, and one that is killed leaves none uncalled."""

import asyncio
from collections import Counter
from datetime import timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.outgoing import NoAnswer, NotConnected, Outgoing, OutgoingRefused
from estafette.base.vault import Vault
from estafette.base.work_loop import work_loop
from estafette.webhooks import store
from estafette.webhooks.actions.calling import WAITING
from estafette.webhooks.models import Answer, Attempt
from estafette.webhooks.rules import retrying, signing

TIMEOUT: Final = 15.0  # seconds for connecting, sending and the answer
# Longer than a call can take: one that a dead worker was making is made again after this.
LEASE: Final = timedelta(seconds=60)
AT_ONCE: Final = 32
# A receiver that hangs must not keep the others waiting.
AT_ONCE_PER_WEBHOOK: Final = 8
TOGETHER: Final = 8
LAST_SECONDS: Final = 1.0  # what is answered before the end need not be called again

_log = structlog.get_logger(__name__)


async def run_webhooks(database: Database, vault: Vault, outgoing: Outgoing, stop: asyncio.Event) -> None:
    """Makes calls until told to stop; those that hang then are left to be made again."""
    wake = asyncio.Event()
    database.bus.on(WAITING, lambda _: wake.set())
    caller = _Caller(database, vault, outgoing, wake)

    async def take_some() -> float | None:
        return 0 if await caller.take_some() else None

    try:
        await work_loop(take_some, wake, stop)
    finally:
        await caller.end()


class _Caller:
    """The calls that this process is making."""

    def __init__(self, database: Database, vault: Vault, outgoing: Outgoing, wake: asyncio.Event) -> None:
        self._database, self._vault, self._outgoing, self._wake = database, vault, outgoing, wake
        self._tasks: set[asyncio.Task[None]] = set()
        self._per_webhook: Counter[UUID] = Counter()

    async def take_some(self) -> bool:
        """Begins some calls that are due; whether there may be more to begin."""
        limit = min(AT_ONCE - len(self._tasks), TOGETHER)
        if limit <= 0:
            return False
        busy = [webhook for webhook, calls in self._per_webhook.items() if calls >= AT_ONCE_PER_WEBHOOK]
        now = self._database.clock.now()
        attempts = await store.claim(self._database, limit, busy, now, now + LEASE)
        for attempt in attempts:
            self._per_webhook[attempt.webhook_id] += 1
            task = asyncio.create_task(self._make(attempt))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return len(attempts) == limit

    async def end(self) -> None:
        """Waits a moment for the calls under way, and lets go of the others."""
        if self._tasks:
            _, slow = await asyncio.wait(self._tasks, timeout=LAST_SECONDS)
            for task in slow:
                task.cancel()
            await asyncio.gather(*slow, return_exceptions=True)

    async def _make(self, attempt: Attempt) -> None:
        try:
            answer = await self._answer(attempt)
            await self._note(attempt, answer)
        except DATABASE_IS_AWAY as error:
            # What was answered is forgotten: the call is made again when its lease is over.
            _log.warning("a webhook's answer could not be stored", reason=type(error).__name__)
        except Exception:
            _log.exception("webhook call failed", webhook=str(attempt.webhook_id))
        finally:
            self._per_webhook[attempt.webhook_id] -= 1
            if not self._per_webhook[attempt.webhook_id]:
                del self._per_webhook[attempt.webhook_id]
            self._wake.set()

    async def _answer(self, attempt: Attempt) -> Answer:
        try:
            secret = self._vault.decrypt(attempt.sealed_secret, attempt.webhook_id.bytes)
        except ValueError:
            return Answer(failure="its secret cannot be read with the key of this installation")
        content = signing.body(attempt.event, attempt.created_at, attempt.data)
        headers = signing.headers(secret, attempt.call_id, self._database.clock.now(), content)
        try:
            found = await self._outgoing.post(attempt.url, content, headers, timeout=TIMEOUT)
        except (OutgoingRefused, NotConnected, NoAnswer) as error:
            return Answer(failure=str(error))
        if HTTPStatus.OK <= found.status < HTTPStatus.MULTIPLE_CHOICES:
            return Answer(status=found.status)
        return Answer(status=found.status, failure=f"answered {found.status}")

    async def _note(self, attempt: Attempt, answer: Answer) -> None:
        now = self._database.clock.now()
        async with self._database.transaction() as transaction:
            if answer.good:
                await store.succeeded(transaction, attempt, answer, now)
                return
            # The webhook first: whoever switches it off locks it before its calls, too.
            await store.failed(transaction, attempt)
            pause = retrying.pause_after(attempt.number)
            if answer.status == retrying.GONE or pause is None:
                await store.give_up(transaction, attempt, answer, now)
            else:
                await store.retry(transaction, attempt, answer, now + pause)
            if answer.status == retrying.GONE:
                await store.disable(transaction, attempt.webhook_id, now)
            elif await store.disable_if_dead(transaction, attempt.webhook_id, now, now - retrying.DISABLED_AFTER):
                _log.warning("a webhook that only failed for five days was switched off", id=str(attempt.webhook_id))
