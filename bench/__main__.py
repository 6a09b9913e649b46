"""`python -m bench [piece …]`: measures all of it, or the pieces that are named."""

import argparse
import asyncio
import os
import platform
import signal
import sys
from collections.abc import Awaitable, Callable

import asyncpg
import uvloop

from bench import (
    accepting,
    chats,
    claims,
    clients,
    communications,
    delivering,
    directory,
    files,
    history,
    kannel,
    live,
    memory,
    outflow,
    pages,
    presence,
    requests,
    scrolling,
    search,
    sends,
)
from bench.installation import allow_many_sockets, installation
from bench.stage import Stage, say
from bench.table import Figure, table

INTERRUPTED = 130
# Memory first: it is told from a fresh process only.
PIECES: dict[str, Callable[[Stage], Awaitable[list[Figure]]]] = {
    "memory": memory.measure,
    "outflow": outflow.measure,
    "sends": sends.measure,
    "live": live.measure,
    "history": history.measure,
    "chats": chats.measure,
    "directory": directory.measure,
    "files": files.measure,
    "presence": presence.measure,
    "accepting": accepting.measure,
    "delivering": delivering.measure,
    "kannel": kannel.measure,
    "claims": claims.measure,
    "search": search.measure,
    "requests": requests.measure,
    "clients": clients.measure,
    "communications": communications.measure,
    "scrolling": scrolling.measure,
    "lighthouse": pages.measure,
}


def main() -> None:
    """Prints the table; Ctrl-C stops all that was started."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("pieces", nargs="*", choices=[*PIECES, []], metavar="piece", help=", ".join(PIECES))
    parser.add_argument("--runs", type=int, default=3, help="medians of so many runs (default: 3)")
    given = parser.parse_args()
    try:
        uvloop.run(_until_stopped([each for each in PIECES if not given.pieces or each in given.pieces], given.runs))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(INTERRUPTED)


async def _until_stopped(pieces: list[str], runs: int) -> None:
    work = asyncio.current_task()
    if work is not None:
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    allow_many_sockets()
    say("Starting a server to measure")
    async with installation() as server:
        database = await asyncpg.connect(server.dsn)
        try:
            stage = Stage(server, database, runs)
            figures = [figure for piece in pieces for figure in await PIECES[piece](stage)]
            postgres = database.get_server_version().major
        finally:
            await database.close()
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL {postgres}"
    print(f"\nMedians of {runs} runs ({machine})\n\n{table(figures)}", flush=True)


if __name__ == "__main__":
    main()
