"""Welcoming connections, and everybody again after a gap: spread, since each comes back with its requests."""

import asyncio
import random
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any, Final

import msgspec

from estafette.realtime.connection import Connection
from estafette.realtime.frames import Frame
from estafette.realtime.models import HEARTBEAT_SECONDS

# Each welcome lets a client read its state anew, about ten requests: 200 a second are what a process can answer.
WELCOMES_AT_ONCE, BETWEEN_WELCOMES = 10, 0.05
WELCOMING_SECONDS: Final = 20.0
"""After a gap everybody has been welcomed by then, however many they are.

Frames are kept back meanwhile, so it must not be long: a client takes a connection for dead after 45 seconds, and more
than 1,000 frames of one connection (`MAX_WAITING_FRAMES`) would close it. A process that tells 100,000 frames a second
keeps back 100 for each of 20,000 connections.
"""


async def welcome_in_turn(
    held: Sequence[tuple[Connection, int]], welcome_one: Callable[[Connection, int], None]
) -> None:
    """Has everybody welcomed, each with its ticket: in no order and not all at the same moment."""
    shuffled = random.sample(held, len(held))
    at_once = welcomes_at_once(len(shuffled))
    for start in range(0, len(shuffled), at_once):
        if start:
            await asyncio.sleep(BETWEEN_WELCOMES)
        for connection, ticket in shuffled[start : start + at_once]:
            welcome_one(connection, ticket)


def welcomes_at_once(connections: int) -> int:
    """How many are welcomed in one go after a gap, for all of so many to have been in time."""
    return max(WELCOMES_AT_ONCE, ceil(connections * BETWEEN_WELCOMES / WELCOMING_SECONDS))


def welcome(connection: Connection) -> Frame:
    """What a connection is told first, and after each gap."""
    frame: dict[str, Any] = {
        "type": "welcome",
        "connection": connection.id,
        "heartbeat_seconds": HEARTBEAT_SECONDS,
        "person": connection.subscriber.id,
    }
    return Frame(msgspec.json.encode(frame).decode())
