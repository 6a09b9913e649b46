"""Reads the options and listens."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import uvloop

from tests.deliveries.smpp import smsc
from tests.deliveries.smpp.smsc.gateway import Gateway
from tests.deliveries.smpp.smsc.session import Session


def read_options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=smsc.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add: Callable[..., object] = parser.add_argument
    add("port", type=int, help="on 127.0.0.1")
    add("log", type=Path)
    add("--delay", type=float, default=0.1, help="seconds from acceptance to receipt")
    add("--lost", type=float, default=0, metavar="FRACTION", help="of messages that never get a receipt")
    add("--doubled", type=float, default=0, metavar="FRACTION", help="of receipts that come twice")
    add("--early", type=float, default=0, metavar="FRACTION", help="of receipts that come before the answer")
    add("--failed", type=float, default=0, metavar="FRACTION", help="of messages that end as UNDELIV")
    add("--throttled", type=float, default=0, metavar="FRACTION", help="of messages refused as too many")
    add("--full", type=float, default=0, metavar="FRACTION", help="of messages refused because a queue is full")
    add("--mute", type=float, default=0, metavar="FRACTION", help="of messages accepted and never answered")
    add("--dropped", type=float, default=0, metavar="FRACTION", help="of batches accepted on a link that then breaks")
    add("--rate", type=int, default=0, help="messages a second, more are throttled; 0: no limit")
    add("--bad-suffix", default="@", help="destinations that end so are invalid")
    add("--refuse-binds", action="store_true")
    add("--links", type=int, default=0, help="links that may be bound at a time; 0: any number")
    add("--deliver-window", type=int, default=500, help="receipts that may be unacknowledged on a link")
    add("--unsafe", action="store_true", help="the log is written but not forced to the disk")
    add("--seed", type=int, default=1)
    return parser.parse_args(arguments)


async def serve(options: argparse.Namespace) -> None:
    gateway = Gateway(options)
    server = await asyncio.get_running_loop().create_server(lambda: Session(gateway), "127.0.0.1", options.port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(read_options(sys.argv[1:])))
