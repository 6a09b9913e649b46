"""Subscribers of the news, broadcasts to them, and the steps of a worker that carries these."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest_asyncio

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.languages import Language
from estafette.deliveries import BroadcastContent, BroadcastOutcome, BroadcastText, NewBroadcast
from estafette.deliveries.actions.leasing_ranges import lease_range
from estafette.deliveries.actions.recording_ranges import record_range
from estafette.deliveries.models.broadcasts import NEWS, LeasedRange, RangeEnding
from estafette.deliveries.models.engine import GatewayLease
from estafette.deliveries.models.messages import Outcome, Subscription
from estafette.deliveries.store import broadcast_subscriptions, dispatchers
from tests.deliveries import add_gateway

CONTENT = BroadcastContent(
    default_language="en",
    texts={
        "en": BroadcastText(title="News", text="We are open.", url="/partners"),
        "fr": BroadcastText(title="Nouvelles", text="Nous sommes ouverts.", url="/partners"),
    },
)


class Station:
    """Somebody who broadcasts, and a dispatcher that does nothing by itself."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.dispatcher_id, self.gateway_id = new_id(), UUID(int=0)

    async def begin(self) -> "Station":
        """Registers, with a gateway of ten thousand messages a second, whose bucket is full."""
        self.gateway_id = await add_gateway(self.database, channels=("push",))
        await dispatchers.register(self.database, self.dispatcher_id)
        await self.database.execute("UPDATE gateway_states SET refilled_at = now() - interval '1 hour'")
        return self

    async def subscribe(self, count: int, *languages: Language, endpoint: str = "https://push.example/") -> None:
        """Browsers of nobody in particular, in these languages in turn."""
        chosen = languages or ("en",)
        async with self.database.transaction() as transaction:
            for number in range(count):
                browser = Subscription(endpoint=f"{endpoint}{new_id()}", p256dh=b"key", auth=b"secret")
                language = chosen[number % len(chosen)]
                await broadcast_subscriptions.put(transaction, NEWS, browser, language, transaction.clock.now())

    async def start(self, **how: Any) -> UUID:
        """A broadcast that lasts for an hour."""
        id_ = new_id()
        expires_at = self.database.clock.now() + timedelta(hours=1)
        new = msgspec.structs.replace(NewBroadcast(id=id_, content=CONTENT, expires_at=expires_at), **how)
        async with self.database.transaction() as transaction:
            await deliveries.start_broadcast(transaction, new)
        return new.id

    async def lease(self, range_id: UUID | None = None) -> LeasedRange | float | None:
        lease = GatewayLease(dispatcher_id=self.dispatcher_id, gateway_id=self.gateway_id, version=1)
        return await lease_range(self.database, lease, range_id or new_id())

    async def leased(self) -> LeasedRange:
        found = await self.lease()
        assert isinstance(found, LeasedRange), found
        return found

    async def record(self, leased: LeasedRange, outcome: Outcome | Mapping[int, Outcome | None] | None) -> None:
        """All of a range ended alike, or each of it in its own way."""
        outcomes = outcome if isinstance(outcome, Mapping) else {each.delivery_id: outcome for each in leased.messages}
        await record_range(
            self.database, RangeEnding(id=leased.id, broadcast_id=leased.broadcast_id, outcomes=dict(outcomes))
        )

    async def pause(self, id_: UUID) -> BroadcastOutcome:
        async with self.database.transaction() as transaction:
            return await deliveries.pause_broadcast(transaction, id_)

    async def resume(self, id_: UUID) -> BroadcastOutcome:
        async with self.database.transaction() as transaction:
            return await deliveries.resume_broadcast(transaction, id_)

    async def cancel(self, id_: UUID) -> BroadcastOutcome:
        async with self.database.transaction() as transaction:
            return await deliveries.cancel_broadcast(transaction, id_)

    async def counts(self, id_: UUID) -> dict[str, int]:
        return {**(await deliveries.broadcast_counts(self.database, [id_]))[id_]}

    async def has_ended(self, id_: UUID) -> bool:
        return id_ in await deliveries.ended_broadcasts(self.database, [id_])


@pytest_asyncio.fixture
async def station(database: Database) -> Station:
    return await Station(database).begin()
