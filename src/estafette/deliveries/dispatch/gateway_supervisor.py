"""Which gateways are in use, and how many links to each this worker is to hold."""

import asyncio
import math
from typing import Final
from uuid import UUID

import msgspec
import structlog

from estafette.base.database import DATABASE_IS_AWAY
from estafette.deliveries.dispatch.link_supervisor import DispatchContext, LinkSupervisor
from estafette.deliveries.models.broadcasts import BROADCASTS_CHANGED, BroadcastHint
from estafette.deliveries.models.engine import GATEWAYS_CHANGED, QUEUED, ActiveGateway
from estafette.deliveries.store import dispatchers, gateway_states, links

# A hint that was lost costs at most this long.
LOOK_SECONDS: Final = 2.0

_log = structlog.get_logger(__name__)


class GatewaySupervisor:
    """Starts and stops the links of one worker."""

    def __init__(self, context: DispatchContext) -> None:
        self._context = context
        self._supervisors: dict[LinkSupervisor, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._noted: dict[UUID, object] = {}
        bus = context.database.bus
        bus.on(QUEUED, self._on_queued)
        bus.on(BROADCASTS_CHANGED, self._on_broadcast)
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
        for supervisor in self._supervisors:
            supervisor.stop.set()
        await asyncio.gather(*self._supervisors.values(), return_exceptions=True)

    async def _look(self) -> None:
        context = self._context
        active = {each.id: each for each in await gateway_states.active(context.database)}
        for supervisor in self._supervisors:
            now = active.get(supervisor.gateway.id)
            if now is None or now.version != supervisor.gateway.version or not self._holds(supervisor):
                supervisor.stop.set()
        workers = max(1, await dispatchers.alive(context.database))
        for gateway in active.values():
            held = sum(1 for each in self._supervisors if each.gateway.id == gateway.id)
            # What is left over when another worker comes or goes is shared anew only as links end.
            wanted = math.ceil(gateway.links / workers) - held
            if wanted > 0:
                for slot in await links.lease(
                    context.database, gateway.id, gateway.links, context.heartbeat.id, wanted
                ):
                    self._start(gateway, slot)
        await self._note_states()

    def _holds(self, supervisor: LinkSupervisor) -> bool:
        """Whether a supervisor's slot is still ours: a worker that was cut off for long loses its slots to others."""
        heartbeat = self._context.heartbeat
        return supervisor.dispatcher_id == heartbeat.id and (supervisor.gateway.id, supervisor.slot) in heartbeat.slots

    def _start(self, gateway: ActiveGateway, slot: int) -> None:
        self._context.heartbeat.slots.add((gateway.id, slot))
        supervisor = LinkSupervisor(self._context, gateway, slot)
        task = asyncio.create_task(supervisor.keep())
        self._supervisors[supervisor] = task
        task.add_done_callback(lambda _: self._end(supervisor))

    def _end(self, supervisor: LinkSupervisor) -> None:
        del self._supervisors[supervisor]
        self._wake.set()

    async def _note_states(self) -> None:
        """Notes which gateways work, and when they have last accepted something."""
        context = self._context
        up = {each.gateway.id for each in self._supervisors if each.is_open}
        if up:
            await gateway_states.working(context.database, sorted(up), context.database.clock.shift)
        for gateway_id, at in list(context.recorder.accepted.items()):
            if self._noted.get(gateway_id) != at:
                await gateway_states.accepted(context.database, gateway_id, at)
                self._noted[gateway_id] = at

    def _on_queued(self, data: msgspec.Raw) -> None:
        lanes = msgspec.json.decode(data, type=set[str])
        for supervisor in self._supervisors:
            if str(supervisor.gateway.id) in lanes or not lanes.isdisjoint(supervisor.gateway.channels):
                supervisor.wake()

    def _on_broadcast(self, data: msgspec.Raw) -> None:
        hint = msgspec.json.decode(data, type=BroadcastHint)
        for supervisor in self._supervisors:
            supervisor.hear(hint)

    def _wake_all(self) -> None:
        self._wake.set()
        for supervisor in self._supervisors:
            supervisor.wake()
