"""Running: everything a worker does for deliveries, from its first heartbeat to its last."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.vault import Vault
from estafette.deliveries.actions.burying import bury, bury_silent
from estafette.deliveries.actions.sweeping import give_up_waiting, sweep
from estafette.deliveries.dispatch.keeping import Workshop
from estafette.deliveries.dispatch.switchboard import Switchboard
from estafette.deliveries.models.engine import Surroundings
from estafette.deliveries.models.transport import Transport
from estafette.deliveries.transports import TRANSPORTS

SWEEP_SECONDS: Final = 1.0
# Every so many sweeps it is looked who has waited for a receipt in vain.
SWEEPS_PER_WATCH: Final = 30
LAST_SECONDS: Final = 3.0
PAUSE_SECONDS: Final = 0.5

_log = structlog.get_logger(__name__)


async def run_dispatch(
    database: Database,
    vault: Vault,
    surroundings: Surroundings,
    stop: asyncio.Event,
    *,
    known: Mapping[str, Transport] | None = None,
) -> None:
    """Carries deliveries to their gateways until told to stop; killed at any moment, it sends nothing twice.

    `known` are the transports there are, for tests; otherwise all that are installed.
    """
    shop = Workshop(database, vault, surroundings, TRANSPORTS if known is None else known)
    await _begin(shop, stop)
    if stop.is_set():
        return
    always = [asyncio.create_task(each.run()) for each in (shop.heart, shop.recorder, shop.unheard)]
    try:
        await asyncio.gather(Switchboard(shop).run(stop), _keep_sweeping(shop, stop))
        await _end(shop)
    finally:
        for task in always:
            task.cancel()
        await asyncio.gather(*always, return_exceptions=True)


async def _begin(shop: Workshop, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await shop.heart.beat()
        except DATABASE_IS_AWAY as error:
            _log.warning("dispatch waits for the database", reason=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return


async def _keep_sweeping(shop: Workshop, stop: asyncio.Event) -> None:
    until_watch = 0
    while not stop.is_set():
        more = False
        try:
            if shop.heart.is_steady:
                await bury_silent(shop.database)
            more = await sweep(shop.database)
            if until_watch == 0 and not stop.is_set():
                until_watch = 0 if await give_up_waiting(shop.database) else SWEEPS_PER_WATCH
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


async def _end(shop: Workshop) -> None:
    """Stores what is known, and gives up what is not; if the database is away, the others find out in 15 seconds."""
    try:
        async with asyncio.timeout(LAST_SECONDS):
            await shop.recorder.until_empty()
            await shop.unheard.until_empty()
            await bury(shop.database, shop.heart.id)
    except DATABASE_IS_AWAY as error:
        _log.warning("ended without a last word", reason=type(error).__name__)
