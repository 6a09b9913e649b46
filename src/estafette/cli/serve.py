"""`estafette serve`: one web process."""

import gc
import socket
from contextlib import suppress

import click

from estafette.base.settings import Settings
from estafette.cli.options import ALL, with_settings
from estafette.cli.sentences import Refusal, run

_LARGEST_FRAME = 65_536  # bytes of one WebSocket frame from a client


@click.command(short_help="Run one web process.")
@click.option("--fd", type=int, hidden=True, help="A listening socket inherited from the parent.")
@click.option("--parent", type=int, hidden=True)
@click.option("--name", default=None, hidden=True)
@with_settings(*(field for field in ALL if field != "workers"))
def serve(settings: Settings, fd: int | None, parent: int | None, name: str | None) -> None:
    """Run one web process on the database of --database-url or on the embedded one that `up` is running."""
    import os

    from estafette.base.logs import set_up_logs
    from estafette.base.metrics import share_metrics
    from estafette.base.open_files import open_files
    from estafette.cli.listening import listen
    from estafette.cli.parent_death import die_with

    open_files.raise_limit()
    os.umask(0o077)
    if parent is not None:
        die_with(parent)
    set_up_logs(process=name)
    share_metrics(name or f"web {os.getpid()}")
    listener = socket.socket(fileno=fd) if fd is not None else listen(settings)
    dsn = run(_ready_database(settings, checked=fd is not None))
    _serve(settings, dsn, listener)


async def _ready_database(settings: Settings, *, checked: bool) -> str:
    from estafette.base.backups.staging import check_restored
    from estafette.base.migrate import missing_migrations
    from estafette.cli.database import running
    from estafette.cli.external_database import check_database
    from estafette.cli.files_check import check_files

    check_restored(settings.data)
    if not checked:
        check_files(settings)
    dsn = settings.database_url or await running(settings)
    if not checked:
        await check_database(dsn)
        if await missing_migrations(dsn):
            raise Refusal("The database has not been prepared for this version: run `estafette migrate`.")
    return dsn


def _serve(settings: Settings, dsn: str, listener: socket.socket) -> None:
    from functools import partial

    import uvicorn

    from estafette.main.serving import web_app
    from estafette.web.addresses import Proxies
    from estafette.web.bounded_http import BoundedHttp
    from estafette.web.bounded_websocket import BoundedWebSocket
    from estafette.web.peers import Peers
    from estafette.web.throttle import Throttle

    throttle = Throttle()
    peers = Peers(Proxies(settings.trusted_proxies), throttle)
    config = uvicorn.Config(
        web_app(settings, dsn, throttle),
        loop="uvloop",
        http=partial(BoundedHttp, peers=peers),  # type: ignore[arg-type]
        ws=BoundedWebSocket,
        ws_per_message_deflate=False,
        ws_max_size=_LARGEST_FRAME,
        ws_ping_interval=None,  # the live protocol has heartbeats of its own
        proxy_headers=False,  # the edge itself reads X-Forwarded-*, and needs to see the real peer for it
        server_header=False,
        access_log=False,
        log_config=None,
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    # What is loaded now lives as long as the process: the collector need not walk through it again.
    gc.collect()
    gc.freeze()
    with suppress(KeyboardInterrupt):  # it ends in order and then hands the signal on
        uvicorn.Server(config).run(sockets=[listener])
