"""`estafette up`: database, migrations, web and worker in one go, and all of them down again."""

import asyncio
import os
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from estafette.base.back_off import back_off
from estafette.base.settings import Settings
from estafette.cli.external_database import check_database
from estafette.cli.files_check import check_files
from estafette.cli.gateways import check_gateway_file, ready_gateways
from estafette.cli.options import ALL, as_environment, with_settings
from estafette.cli.secrets_check import warn_of_key
from estafette.cli.sentences import Refusal, run, say
from estafette.cli.warnings import warnings_at_start

if TYPE_CHECKING:
    from estafette.base.postgres import EmbeddedPostgres
    from estafette.cli.process_group import ProcessGroup

# Together so much less than the five seconds within which Ctrl-C stops all that a busy machine keeps them as well.
_WEB_PATIENCE, _DATABASE_PATIENCE = 2.4, 1.2
_CRASHES_AT_START = 3
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds between attempts to start the database again


@click.command(short_help="Start everything.")
@with_settings(*ALL)
def up(settings: Settings) -> None:
    """Start everything: database, migrations, web and worker. Ctrl-C stops all."""
    from estafette.base.logs import set_up_logs

    set_up_logs(process="up")
    check_gateway_file(settings)
    for warning in warnings_at_start(settings, is_root=os.geteuid() == 0):
        say(f"Warning: {warning}")
    run(_until_stopped(settings))


async def _until_stopped(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup asks to be spared
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    work = asyncio.create_task(_hold_up(settings))
    asked = asyncio.create_task(stop.wait())
    await asyncio.wait({work, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if not work.done():
        say("Stopping")
        work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def _hold_up(settings: Settings) -> None:
    """Everything runs inside this coroutine; its end, however it comes, takes everything down."""
    from estafette.base.backups.staging import check_restored
    from estafette.base.open_files import open_files
    from estafette.base.postgres import EmbeddedPostgres, hold
    from estafette.cli.database import data_mode
    from estafette.cli.listening import listen
    from estafette.cli.process_group import ProcessGroup
    from estafette.cli.run_folder import fresh_metrics_folder, make_run_folder

    lock = hold(settings.data, mode=data_mode())
    open_files.raise_limit()
    os.umask(0o077)  # what is written from here on is for this user alone
    server = EmbeddedPostgres(settings.postgres, say=say) if settings.database_url is None else None
    processes: ProcessGroup | None = None
    listener: socket.socket | None = None
    try:
        check_restored(settings.data)
        check_files(settings)
        listener = listen(settings)
        dsn = await _database(settings, server)
        make_run_folder(settings)
        processes = ProcessGroup(as_environment(settings, dsn), listener.fileno(), fresh_metrics_folder(settings))
        await _run(settings, dsn, server, processes, listener)
    finally:
        # The last words must be said even if a second signal comes meanwhile.
        await asyncio.shield(_take_down(processes, server))
        if listener is not None:
            listener.close()
        lock.release()


async def _database(settings: Settings, server: "EmbeddedPostgres | None") -> str:
    from estafette.base.migrate import migrate

    if server is not None:
        say("Starting the database")
        dsn = await server.start()
    else:
        dsn = settings.database_url or ""
        await check_database(dsn, for_migrations=True)
    await migrate(dsn, say)
    if sentence := await warn_of_key(settings, dsn):
        say(f"{sentence}.")
    await ready_gateways(settings, dsn)
    return dsn


async def _run(
    settings: Settings, dsn: str, server: "EmbeddedPostgres | None", processes: "ProcessGroup", listener: socket.socket
) -> None:
    from estafette.cli.greeting import prepare_demo, welcome

    say("Starting the web server")
    for number in range(1, settings.workers + 1):
        processes.add(f"web {number}", "serve", "--fd", str(listener.fileno()))
    guards = [asyncio.create_task(processes.watch())]
    if server is not None:
        guards.append(asyncio.create_task(guard_database(server)))
    try:
        # The processes load their code while the demo data is written. Its past is no matter of today's worker, who
        # would find all of it late.
        accounts = await prepare_demo(settings, dsn) if settings.demo else []
        processes.add("worker", "worker")
        await _until_answering(processes, listener)
        await welcome(settings, dsn, accounts)
        await asyncio.gather(*guards)
    finally:
        for guard in guards:
            guard.cancel()


async def _until_answering(processes: "ProcessGroup", listener: socket.socket) -> None:
    from estafette.cli.health import answers
    from estafette.cli.listening import local_address

    waited = 0.0
    while not await answers(*local_address(listener)):
        if processes.crashes >= _CRASHES_AT_START:
            raise Refusal("The server cannot start: one of its processes ends again and again; the log above says why.")
        await asyncio.sleep(0.05)
        waited += 0.05
        if waited >= 3:
            waited = 0.0
            say("Still starting the web server")


async def guard_database(server: "EmbeddedPostgres") -> None:
    """Starts the database again when it dies, and tries for ever: a full disk may have room in a minute."""
    import asyncpg
    import structlog

    from estafette.base.postgres import CannotStart

    log = structlog.get_logger(__name__)
    while True:
        await server.wait()
        log.error("The database ended and is being started again")
        failures = 0
        while True:
            try:
                await server.start_again()
                break
            except (CannotStart, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                failures += 1
                pause = back_off(failures, _FIRST_PAUSE, _LONGEST_PAUSE)
                log.error("The database does not start; trying again", reason=str(error), seconds=pause)
            await asyncio.sleep(pause)


async def _take_down(processes: "ProcessGroup | None", server: "EmbeddedPostgres | None") -> None:
    if processes is not None:
        await processes.stop(_WEB_PATIENCE)
    if server is not None:
        await server.stop(_DATABASE_PATIENCE)
