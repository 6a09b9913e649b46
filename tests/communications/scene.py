"""A register, a gateway in steps, and the loops of a worker one round at a time."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.quotas import Quotas
from estafette.communications.actions import cancelling, pausing
from estafette.communications.dispatch import Feeder, Figures, Preparer, Tender
from estafette.communications.models.communications import Communication, Outcome, Totals
from estafette.communications.models.content import Channel
from estafette.communications.models.work import Addressee, Work
from estafette.communications.store.totals import totals
from estafette.deliveries import BATCHES, NewDelivery
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Refused
from tests.communications.planned import Plans
from tests.deliveries.engine import Engine
from tests.world import World

REFUSED = Refused(kind="operator", permanent=True, code="bad_destination", reason="no such number")
BUSY = Refused(kind="gateway", permanent=False, code="busy", reason="later")
COUNTED = """
    SELECT r.channel, coalesce(d.status, CASE r.state WHEN 'handed_over' THEN '?' ELSE upper(r.state) END) AS status,
        count(*) AS count
    FROM communication_recipients r LEFT JOIN deliveries d ON d.id = r.delivery_id
    WHERE r.communication_id = $1 GROUP BY 1, 2
"""


def write(of: Work, channel: Channel, clients: Sequence[Addressee], now: datetime) -> list[NewDelivery | str]:
    """Says hello by name; who is called Nobody has no words."""
    return [
        "variable_missing"
        if client.name == "Nobody"
        else NewDelivery(
            owner_id=BATCHES,
            channel=channel,
            sender="",
            recipient=client.address(channel) or "",
            text=f"Hello {client.name}",
            subject="Hello" if channel == "email" else None,
        )
        for client in clients
    ]


class Scene(Plans):
    """What tests of sending use."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.engine = Engine(self.database)
        self._figures = Figures()

    async def begin(self) -> "Scene":
        """Opens a gateway for all channels."""
        await self.engine.begin(channels=("sms", "email", "whatsapp"))
        return self

    async def work(self) -> None:
        """All that a worker does until there is nothing to do now, but what gateways do."""
        # New ones each time, as after a restart.
        preparer = Preparer(self.database, self._figures, asyncio.Event())
        feeder = Feeder(self.database, write, Quotas(), self._figures)
        tender = Tender(self.database)
        while 0 in [await preparer.step(), await feeder.step(), await tender.step()]:
            pass

    async def claim(self, capacity: int = 200) -> list[ClaimedMessage]:
        """What the gateway takes now."""
        return (await self.engine.claim(capacity)).messages

    async def accept(self, *claimed: ClaimedMessage) -> None:
        """The gateway has taken these."""
        await self.engine.record(*((each, Accepted(provider_ids=(str(each.delivery_id),))) for each in claimed))

    async def totals(self, id_: UUID) -> Totals:
        """The totals as they are shown, which are what one counts over the rows."""
        shown = await self.shown(id_)
        counted: Totals = {}
        for row in await self.database.fetch(COUNTED, id_):
            counted.setdefault(row["channel"], {})[row["status"]] = row["count"]
        assert shown == counted
        return shown

    async def shown(self, id_: UUID) -> Totals:
        """The totals."""
        return (await totals(self.database, [id_]))[id_]

    async def state(self, id_: UUID) -> str:
        return await self.database.fetchval("SELECT state FROM communications WHERE id = $1", id_)

    async def recipients(self, id_: UUID) -> dict[str, tuple[str, str | None]]:
        """By name: the state of each recipient, and why."""
        rows = await self.database.fetch(
            """
            SELECT c.name, r.channel, r.state, r.reason FROM communication_recipients r
            JOIN clients c ON c.id = r.client_id WHERE r.communication_id = $1
            """,
            id_,
        )
        return {f"{row['name']} {row['channel']}": (row["state"], row["reason"]) for row in rows}

    async def pause(self, of: Communication) -> Outcome:
        return await pausing.pause(self.database, self.root, of.id)

    async def resume(self, of: Communication) -> Outcome:
        return await pausing.resume(self.database, self.root, of.id)

    async def cancel(self, of: Communication) -> Outcome:
        return await cancelling.cancel(self.database, self.root, of.id)
