"""The switchboard of a worker: which gateways are in use, and how many links to each are its to hold."""

import asyncio
import math
from typing import Final
from uuid import UUID

import msgspec
import structlog

from estafette.base.database import DATABASE_IS_AWAY
from estafette.deliveries.dispatch.keeping import Keeper, Workshop
from estafette.deliveries.models.engine import GATEWAYS_CHANGED, QUEUED, ActiveGateway
from estafette.deliveries.store import dispatchers, gateway_states, links

# A hint that was lost costs at most this long.
LOOK_SECONDS: Final = 2.0

_log = structlog.get_logger(__name__)


class Switchboard:
    """Starts and stops the links of one worker."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._keepers: dict[Keeper, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._told: dict[UUID, object] = {}
        bus = shop.database.bus
        bus.on(QUEUED, self._hear_queued)
        bus.on(GATEWAYS_CHANGED, lambda _: self._wake.set())
        bus.on_gap(self._wake_all)

    async def run(self, stop: asyncio.Event) -> None:
        """Works until told to stop, then lets every link come to its end."""
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            self._wake.clear()
            try:
                await self._look()
            except DATABASE_IS_AWAY as error:
                _log.warning("gateways not looked at", reason=type(error).__name__)
            except Exception:
                _log.exception("gateways not looked at")
            woken = asyncio.create_task(self._wake.wait())
            await asyncio.wait([woken, stopped], timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
        for keeper in self._keepers:
            keeper.stop.set()
        await asyncio.gather(*self._keepers.values(), return_exceptions=True)

    async def _look(self) -> None:
        shop = self._shop
        active = {each.id: each for each in await gateway_states.active(shop.database)}
        for keeper in self._keepers:
            now = active.get(keeper.gateway.id)
            if now is None or now.version != keeper.gateway.version or not self._holds(keeper):
                keeper.stop.set()
        workers = max(1, await dispatchers.alive(shop.database))
        for gateway in active.values():
            held = sum(1 for each in self._keepers if each.gateway.id == gateway.id)
            # What is left over when another worker comes or goes is shared anew only as links end.
            wanted = math.ceil(gateway.links / workers) - held
            if wanted > 0:
                for slot in await links.lease(shop.database, gateway.id, gateway.links, shop.heart.id, wanted):
                    self._start(gateway, slot)
        await self._tell()

    def _holds(self, keeper: Keeper) -> bool:
        """Whether a keeper's slot is still ours: a worker that was cut off for long loses its slots to others."""
        heart = self._shop.heart
        return keeper.dispatcher_id == heart.id and (keeper.gateway.id, keeper.slot) in heart.slots

    def _start(self, gateway: ActiveGateway, slot: int) -> None:
        self._shop.heart.slots.add((gateway.id, slot))
        keeper = Keeper(self._shop, gateway, slot)
        task = asyncio.create_task(keeper.keep())
        self._keepers[keeper] = task
        task.add_done_callback(lambda _: self._end(keeper))

    def _end(self, keeper: Keeper) -> None:
        del self._keepers[keeper]
        self._wake.set()

    async def _tell(self) -> None:
        """Notes which gateways work, and when they have last accepted something."""
        shop = self._shop
        up = {each.gateway.id for each in self._keepers if each.is_open}
        if up:
            await gateway_states.working(shop.database, sorted(up), shop.database.clock.shift)
        for gateway_id, at in list(shop.recorder.accepted.items()):
            if self._told.get(gateway_id) != at:
                await gateway_states.accepted(shop.database, gateway_id, at)
                self._told[gateway_id] = at

    def _hear_queued(self, data: msgspec.Raw) -> None:
        lanes = msgspec.json.decode(data, type=set[str])
        for keeper in self._keepers:
            if str(keeper.gateway.id) in lanes or not lanes.isdisjoint(keeper.gateway.channels):
                keeper.wake()

    def _wake_all(self) -> None:
        self._wake.set()
        for keeper in self._keepers:
            keeper.wake()
