"""The steps of a dispatcher, one at a time: claim, submit, record, receive."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.deliveries import Delivery, NewDelivery
from estafette.deliveries.actions.claiming import claim
from estafette.deliveries.actions.recording import record
from estafette.deliveries.models.engine import Claimed, GatewayLease, Submission
from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Outcome
from estafette.deliveries.rules.low_water_marks import LowWaterMarks
from estafette.deliveries.store import dispatchers
from tests.deliveries import ANN, add_gateway, text_message


class Engine:
    """A dispatcher that does nothing by itself."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.dispatcher_id = new_id()
        self.gateway_id = UUID(int=0)
        self.acceptor = deliveries.Acceptor(database)
        self.inbox = deliveries.Inbox(database)

    async def begin(self, **gateway: Any) -> "Engine":
        """Registers, with a gateway."""
        self.gateway_id = await add_gateway(self.database, **gateway)
        await dispatchers.register(self.database, self.dispatcher_id)
        # As if it had been quiet for long.
        await self.database.execute("UPDATE gateway_states SET refilled_at = now() - interval '1 hour'")
        return self

    async def send(self, new: NewDelivery | None = None) -> Delivery:
        return await self.acceptor.accept(new or text_message())

    async def claim(self, capacity: int = 200, gateway_id: UUID | None = None) -> Claimed:
        lease = GatewayLease(dispatcher_id=self.dispatcher_id, gateway_id=gateway_id or self.gateway_id, version=1)
        return await claim(self.database, lease, new_id(), capacity, LowWaterMarks())

    def ended(self, claimed: ClaimedMessage, outcome: Outcome) -> Submission:
        now = self.database.clock.now()
        return Submission(
            delivery_id=claimed.delivery_id,
            attempt=claimed.attempt,
            gateway_id=self.gateway_id,
            dispatcher_id=self.dispatcher_id,
            started_at=now,
            ended_at=now,
            outcome=outcome,
        )

    async def record(self, *ended: tuple[ClaimedMessage, Outcome]) -> None:
        await record(self.database, [self.ended(*each) for each in ended])

    async def sent(self, *provider_ids: str, new: NewDelivery | None = None) -> Delivery:
        """A delivery that the gateway has accepted under these ids."""
        made = await self.send(new)
        [claimed] = (await self.claim()).messages
        await self.record((claimed, Accepted(provider_ids=provider_ids)))
        return await self.find(made.id)

    async def told(self, *told: Told) -> None:
        await self.inbox.hand_in(self.gateway_id, told)

    async def find(self, id_: int) -> Delivery:
        return await deliveries.find(self.database, ANN, id_)

    async def changes(self, id_: int) -> list[tuple[str, str | None]]:
        history = await deliveries.history(self.database, ANN, id_)
        assert [each.ordinal for each in history.changes] == list(range(1, len(history.changes) + 1))
        assert history.delivery.sequence == len(history.changes)
        return [(each.status, each.reason) for each in history.changes]

    async def waits(self, id_: int) -> timedelta | None:
        """For how long a delivery must wait yet; None when it is out of the queue or being submitted."""
        at = (await deliveries.history(self.database, ANN, id_)).next_attempt_at
        return at - self.database.clock.now() if at else None

    async def in_queue(self) -> list[int]:
        rows = await self.database.fetch("SELECT delivery_id FROM delivery_queue ORDER BY 1")
        return [row["delivery_id"] for row in rows]
