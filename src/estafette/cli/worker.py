"""`estafette worker`: one process that reacts to committed changes."""

import asyncio
import gc
import signal

import click

from estafette.base.settings import Settings
from estafette.cli.options import with_settings
from estafette.cli.sentences import Refusal, run


@click.command(short_help="Run one worker process.")
@click.option("--parent", type=int, hidden=True)
@click.option("--name", default=None, hidden=True)
@with_settings("data", "database_url", "host", "port", "public_url", "files_url", "gateways", "private_addresses")
def worker(settings: Settings, parent: int | None, name: str | None) -> None:
    """Run one worker process on the database of --database-url or on the embedded one that `up` is running."""
    import os

    from estafette.base.logs import set_up_logs
    from estafette.base.metrics import share_metrics
    from estafette.base.open_files import open_files
    from estafette.cli.parent_death import die_with

    open_files.raise_limit()
    os.umask(0o077)
    # On a full machine what people say and see goes first; what follows from it can wait a moment.
    os.nice(5)
    if parent is not None:
        die_with(parent)
    set_up_logs(process=name)
    share_metrics(name or f"worker {os.getpid()}")
    run(_work(settings, checked=parent is not None))


async def _work(settings: Settings, *, checked: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    from estafette.base.backups.staging import check_restored
    from estafette.base.migrate import missing_migrations
    from estafette.cli.database import running
    from estafette.cli.external_database import check_database
    from estafette.cli.files_check import check_files
    from estafette.cli.gateways import ready_gateways
    from estafette.main.working import run_worker

    check_restored(settings.data)
    if not checked:
        check_files(settings)
    dsn = settings.database_url or await running(settings)
    if not checked:
        await check_database(dsn)
        if await missing_migrations(dsn):
            raise Refusal("The database has not been prepared for this version: run `estafette migrate`.")
        await ready_gateways(settings, dsn)
    # What is loaded now lives as long as the process, and a worker makes thousands of things at a time that do not live
    # long: without this half of an import's time went into looking which of them are garbage.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)
    await run_worker(settings, dsn, stop)
