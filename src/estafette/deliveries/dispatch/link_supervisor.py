"""Keeping a link: one leased slot of a gateway, opened again and again for as long as the slot is held."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Final

import structlog

from estafette.base.back_off import back_off
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.vault import Vault
from estafette.deliveries.actions.accounts import account_of
from estafette.deliveries.actions.receiving import Inbox
from estafette.deliveries.dispatch.broadcasting import Broadcaster
from estafette.deliveries.dispatch.heartbeat import Heartbeat
from estafette.deliveries.dispatch.recorder import Recorder
from estafette.deliveries.dispatch.submitting import Submitter
from estafette.deliveries.dispatch.uncertain_claims import UncertainClaims
from estafette.deliveries.models.broadcasts import BroadcastHint
from estafette.deliveries.models.engine import ActiveGateway, GatewayLease, TransportEnvironment
from estafette.deliveries.models.link_faults import LinkFault, LinkRefused
from estafette.deliveries.models.transport import Link, Transport
from estafette.deliveries.store import gateway_states, links

OPENING_SECONDS: Final = 30.0
CLOSING_SECONDS: Final = 2.0
FIRST_DELAY: Final = 0.5
LONGEST_DELAY: Final = 30.0
# A link that held so long was a good one: the next is opened without a long wait.
GOOD_SECONDS: Final = 10.0

_log = structlog.get_logger(__name__)


class DispatchContext:
    """What all links of a worker share."""

    def __init__(
        self, database: Database, vault: Vault, environment: TransportEnvironment, transports: Mapping[str, Transport]
    ) -> None:
        self.database, self.vault, self.environment, self.transports = database, vault, environment, transports
        self.recorder = Recorder(database)
        self.uncertain_claims = UncertainClaims(database)
        self.inbox = Inbox(database)
        self.heartbeat = Heartbeat(database)


class LinkSupervisor:
    """Holds one slot of one gateway, as it was set up when the slot was leased."""

    def __init__(self, context: DispatchContext, gateway: ActiveGateway, slot: int) -> None:
        self._context = context
        self.gateway, self.slot = gateway, slot
        self.dispatcher_id = context.heartbeat.id
        self.stop = asyncio.Event()
        self._submitter: Submitter | None = None
        self._broadcaster: Broadcaster | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a working link."""
        return self._submitter is not None

    def wake(self) -> None:
        """Something waits: look at once."""
        if self._submitter is not None:
            self._submitter.wake.set()
        if self._broadcaster is not None:
            self._broadcaster.wake()

    def hear(self, hint: BroadcastHint) -> None:
        """A broadcast has changed."""
        if self._broadcaster is not None:
            self._broadcaster.hear(hint)

    async def keep(self) -> None:
        """Opens the link whenever there is none, until told to stop; then gives the slot back."""
        failures = 0
        try:
            while not self.stop.is_set():
                opened_at = asyncio.get_running_loop().time()
                failure = await self._open_and_carry()
                if failure is None:
                    # Told to stop, or the gateway was changed: whoever leases the slot next knows more.
                    return
                fault, reason = failure
                _log.warning("no link to a gateway", gateway=self.gateway.name, reason=reason)
                held = asyncio.get_running_loop().time() - opened_at > GOOD_SECONDS
                failures = 1 if held else failures + 1
                seconds = back_off(failures, FIRST_DELAY, LONGEST_DELAY, jitter=0.5)
                database = self._context.database
                await self._note(
                    gateway_states.failed(database, self.gateway.id, database.clock.shift, fault, reason, seconds)
                )
                await self._sleep(seconds)
        finally:
            await self._note(links.release(self._context.database, self.gateway.id, self.slot, self.dispatcher_id))

    async def _open_and_carry(self) -> tuple[LinkFault, str] | None:
        """Why there is no link any more; None: it was told to stop or its turn is over."""
        context, gateway = self._context, self.gateway
        await self._note(gateway_states.opening(context.database, gateway.id, context.database.clock.shift))
        stack = AsyncExitStack()
        try:
            link = await self._open(stack)
            if link is None:
                return None
            lease = GatewayLease(dispatcher_id=self.dispatcher_id, gateway_id=gateway.id, version=gateway.version)
            lanes = [*gateway.channels, str(gateway.id)]
            self._submitter = Submitter(
                context.database, context.recorder, context.uncertain_claims, lease, link, lanes
            )
            await self._note(gateway_states.working(context.database, [gateway.id], context.database.clock.shift))
            async with self._broadcasting(lease, link):
                reason = await self._submitter.run(self.stop)
            return None if reason is None else ("interrupted", reason)
        except LinkRefused as refused:
            return refused.fault, refused.reason
        except TimeoutError:
            return "no_answer", "The gateway did not answer in time."
        except OSError as error:
            return "unreachable", error.strerror or type(error).__name__
        except Exception as error:
            _log.exception("a transport failed", gateway=gateway.name)
            return "internal", f"{type(error).__name__}: {error}"
        finally:
            self._submitter = None
            await self._close(stack)

    @asynccontextmanager
    async def _broadcasting(self, lease: GatewayLease, link: Link) -> AsyncGenerator[None, None]:
        """Lets broadcasts go out over the link meanwhile, where it carries them."""
        if "push" not in self.gateway.channels:
            yield
            return
        context = self._context
        self._broadcaster = Broadcaster(context.database, context.recorder, context.uncertain_claims, lease, link)
        work = asyncio.create_task(self._broadcaster.run())
        stopped = asyncio.create_task(self.stop.wait())
        stopped.add_done_callback(lambda _: self._broadcaster and self._broadcaster.stop())
        try:
            yield
        finally:
            # Whoever is told to stop stops both at the same time.
            self._broadcaster.stop()
            stopped.cancel()
            await asyncio.gather(work, stopped, return_exceptions=True)
            self._broadcaster = None

    async def _open(self, stack: AsyncExitStack) -> Link | None:
        """A link, None when told to stop meanwhile."""
        context, gateway = self._context, self.gateway
        transport, account = account_of(gateway, context.transports, context.vault, context.environment)
        hand_in = partial(context.inbox.hand_in, gateway.id)
        async with asyncio.timeout(OPENING_SECONDS):
            return await stack.enter_async_context(transport.open(account, hand_in))

    async def _close(self, stack: AsyncExitStack) -> None:
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                await stack.aclose()
        except Exception as error:
            _log.warning("a link did not close well", gateway=self.gateway.name, reason=type(error).__name__)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.stop.wait()
        except TimeoutError:
            pass

    async def _note(self, work: Awaitable[None]) -> None:
        """What people see of a gateway's health can wait for the database; the link cannot."""
        try:
            await work
        except DATABASE_IS_AWAY as error:
            _log.warning("state of a gateway not noted", reason=type(error).__name__)
