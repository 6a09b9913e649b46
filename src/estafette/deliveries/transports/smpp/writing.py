"""What goes out: gathered in a turn of the loop, written at once, and known whether it was written at all."""

import asyncio
from collections.abc import Collection
from typing import Final

MOST_UNWRITTEN: Final = 20_000
"""PDUs that may wait for a gateway which does not read."""


class Writer:
    """Keeps PDUs by the sequence numbers of our requests; an answer to the gateway has 0."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._unwritten: list[tuple[int, bytes]] = []
        self._is_due = self._paused = False

    def begin(self, transport: asyncio.Transport) -> None:
        """From now on it can be written."""
        self._transport = transport

    def write(self, sequence: int, octets: bytes) -> bool:
        """Has a PDU written when this turn of the loop is over; False when too much waits already."""
        if len(self._unwritten) >= MOST_UNWRITTEN:
            return False
        self._unwritten.append((sequence, octets))
        if not self._is_due:
            self._is_due = True
            self._loop.call_soon(self._flush)
        return True

    def take_back(self, sequence: int) -> bool:
        """Keeps a request from being written; False when it was written already, at least in part."""
        kept = [each for each in self._unwritten if each[0] != sequence]
        taken, self._unwritten = len(kept) < len(self._unwritten), kept
        return taken

    def waiting(self) -> set[int]:
        """The requests that were not written yet."""
        return {sequence for sequence, _ in self._unwritten}

    def pause(self) -> None:
        """The gateway reads more slowly than we write."""
        self._paused = True

    def resume(self) -> None:
        """It has caught up."""
        self._paused = False
        self._flush()

    def close(self, without: Collection[int]) -> None:
        """Writes what is left without those requests, and closes when it is written."""
        self._unwritten = [each for each in self._unwritten if each[0] not in without]
        self._flush()
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Closes at once."""
        if self._transport is not None:
            self._transport.abort()

    def _flush(self) -> None:
        self._is_due = False
        if self._transport is None or self._paused or not self._unwritten:
            return
        octets = b"".join(octets for _, octets in self._unwritten)
        self._unwritten.clear()
        if not self._transport.is_closing():
            self._transport.write(octets)
