"""Running: everything a worker does for deliveries, from its first heartbeat to its last."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.vault import Vault
from estafette.base.work_loop import work_loop
from estafette.deliveries.actions.ending_broadcasts import end_some_broadcasts
from estafette.deliveries.actions.reading_mailboxes import MailReader
from estafette.deliveries.actions.reaping import reap_dead_worker, reap_silent_workers
from estafette.deliveries.actions.sweeping import give_up_waiting, sweep
from estafette.deliveries.dispatch.gateway_supervisor import GatewaySupervisor
from estafette.deliveries.dispatch.link_supervisor import DispatchContext
from estafette.deliveries.models.engine import TransportEnvironment
from estafette.deliveries.models.transport import Transport
from estafette.deliveries.transports import TRANSPORTS

SWEEP_SECONDS: Final = 1.0
# Every so many sweeps it is looked who has waited for a receipt in vain.
SWEEPS_PER_WATCH: Final = 30
# What has expired is not sent, whether or not somebody has ended it yet.
SWEEPS_PER_BROADCASTS: Final = 5
MAIL_SECONDS: Final = 5.0
"""How soon a mailbox whose turn it is is read."""
LAST_SECONDS: Final = 3.0
PAUSE_SECONDS: Final = 0.5

_log = structlog.get_logger(__name__)


async def run_dispatch(
    database: Database,
    vault: Vault,
    environment: TransportEnvironment,
    stop: asyncio.Event,
    *,
    known: Mapping[str, Transport] | None = None,
) -> None:
    """Carries deliveries to their gateways until told to stop; killed at any moment, it sends nothing twice.

    `known` are the transports there are, for tests; otherwise all that are installed.
    """
    context = DispatchContext(database, vault, environment, TRANSPORTS if known is None else known)
    await _begin(context, stop)
    if stop.is_set():
        return
    always = [
        asyncio.create_task(each.run()) for each in (context.heartbeat, context.recorder, context.uncertain_claims)
    ]
    try:
        await asyncio.gather(
            GatewaySupervisor(context).run(stop), _keep_sweeping(context, stop), _keep_reading_mail(context, stop)
        )
        await _end(context)
    finally:
        for task in always:
            task.cancel()
        await asyncio.gather(*always, return_exceptions=True)


async def _begin(context: DispatchContext, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await context.heartbeat.beat()
        except DATABASE_IS_AWAY as error:
            _log.warning("dispatch waits for the database", reason=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return


async def _keep_sweeping(context: DispatchContext, stop: asyncio.Event) -> None:
    until_watch = 0
    while not stop.is_set():
        more = False
        try:
            if context.heartbeat.is_steady:
                await reap_silent_workers(context.database)
            more = await sweep(context.database)
            if until_watch % SWEEPS_PER_BROADCASTS == 0:
                await end_some_broadcasts(context.database)
            if until_watch == 0 and not stop.is_set():
                until_watch = 0 if await give_up_waiting(context.database) else SWEEPS_PER_WATCH
            until_watch = max(0, until_watch - 1)
        except DATABASE_IS_AWAY as error:
            _log.warning("nothing swept", reason=type(error).__name__)
        except Exception:
            _log.exception("nothing swept")
        try:
            async with asyncio.timeout(0 if more else SWEEP_SECONDS):
                await stop.wait()
        except TimeoutError:
            pass


async def _keep_reading_mail(context: DispatchContext, stop: asyncio.Event) -> None:
    reader = MailReader(context.database, context.vault, context.environment, context.transports)

    async def read_due() -> float:
        try:
            return 0 if await reader.read_due() else MAIL_SECONDS
        except DATABASE_IS_AWAY:
            raise
        except Exception:
            _log.exception("no mailbox read")
            return MAIL_SECONDS

    await work_loop(read_due, asyncio.Event(), stop)


async def _end(context: DispatchContext) -> None:
    """Stores what is known, and gives up what is not; if the database is away, the others find out in 15 seconds."""
    try:
        async with asyncio.timeout(LAST_SECONDS):
            await context.recorder.until_empty()
            await context.uncertain_claims.until_empty()
            await reap_dead_worker(context.database, context.heartbeat.id)
    except DATABASE_IS_AWAY as error:
        _log.warning("ended without a last word", reason=type(error).__name__)
