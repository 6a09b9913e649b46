"""Whoever goes on far beyond a limit is not answered in full any more, for a while.

A refusal costs the server as much as an answer: one address with 100 connections that got mostly 429 let everybody
else's messages wait 30 times as long. So refusals are counted as well, and whoever has had too many is throttled: new
connections from there wait before they are read, and each ends with its first request. In memory, per process.
"""

from collections.abc import Hashable
from math import ceil
from time import monotonic
from typing import Final

import structlog

from estafette.web.bucket import Bucket

REFUSALS, REFUSALS_A_SECOND = 100, 5
SECONDS: Final = 10.0
REMEMBERED: Final = 10_000

_log = structlog.get_logger(__name__)


class Throttle:
    """Counts refusals by whom they concern: the neighbourhood of an address, or the id of a person."""

    def __init__(self) -> None:
        self._refusals: dict[Hashable, Bucket] = {}
        self._until: dict[Hashable, float] = {}

    @property
    def active(self) -> bool:
        """Whether anybody may be throttled."""
        return bool(self._until)

    def refused(self, who: Hashable) -> None:
        """Counts a refusal; the one too many begins to throttle."""
        bucket = self._refusals.pop(who, None) or Bucket(burst=REFUSALS, per_second=REFUSALS_A_SECOND)
        _drop_oldest(self._refusals)
        self._refusals[who] = bucket
        if not bucket.take(1):
            self.hold(who)

    def hold(self, who: Hashable) -> None:
        """Throttles somebody from now on; whoever is refused meanwhile begins anew."""
        known = self.seconds_left(who)
        self._until.pop(who, None)
        _drop_oldest(self._until)
        self._until[who] = monotonic() + SECONDS
        if not known:
            _log.warning("throttled", who=str(who), seconds=SECONDS)

    def seconds_left(self, who: Hashable) -> int:
        """For how many seconds somebody is still throttled; 0 for everybody else."""
        until = self._until.get(who)
        if until is None:
            return 0
        left = until - monotonic()
        if left <= 0:
            del self._until[who]
            return 0
        return ceil(left)


def _drop_oldest(kept: "dict[Hashable, float] | dict[Hashable, Bucket]") -> None:
    if len(kept) >= REMEMBERED:
        # The one that was there first.
        del kept[next(iter(kept))]
