"""What the server beneath asks about the other side of a connection before it reads a byte.

Who is behind a connection is not known before its first request has been read, so the limit by address counts those
of which it is not known yet: once somebody is recognised on one (`Place.belongs_to`) it is theirs, and their neighbours
have the place in the count. After a restart a whole organisation behind one address comes at the same moment: what is
too much for that moment waits unread, in the order in which it came and for as long as a head may take, and strangers
who keep a place to themselves without using it make room.
"""

import asyncio
from collections import Counter
from itertools import islice
from typing import Final, Protocol
from uuid import UUID

from estafette.http.asgi import Scope
from estafette.web.addresses import Proxies, neighbourhood
from estafette.web.throttle import Throttle

MOST_CONNECTIONS: Final = 1_000
"""Of strangers in one neighbourhood at a time: each may hold 64 kB of a head."""
MOST_WAITING: Final = 4_000
"""Of one neighbourhood beyond that, unread: each may hold 16 kB. Twice what the system hands over at once."""
MOST_OF_ONE_PERSON: Final = 150
"""Connections that count as a person's: 50 live ones, and what browsers open beside them. More count as strangers'."""
IDLE_SECONDS, BUSY_SECONDS = 1.0, 10.0
"""For which a stranger keeps a place that others wait for, without a request and with one."""
PLACE: Final = "place"
"""Where the `Place` of a connection is found in the `state` of a scope."""


class Peer(Protocol):
    """A connection as it is counted."""

    def begin(self) -> None:
        """It has its place now and may be read."""
        ...

    def is_idle(self) -> bool:
        """Whether it waits for the other side, and nobody for its answer."""
        ...

    def abort(self) -> None:
        """Ends it."""
        ...


class _Nobody:
    def begin(self) -> None: ...

    def is_idle(self) -> bool:
        return True

    def abort(self) -> None: ...


_NOBODY: Final = _Nobody()


class Place:
    """What a connection counts as: one that waits, one of its address, or one of a person."""

    __slots__ = ("_peers", "peer", "person", "since", "waits", "where")

    def __init__(self, peers: "Peers", where: str, peer: Peer) -> None:
        self._peers = peers
        self.where = where
        self.peer = peer
        self.waits = False
        """Whether it is not to be read yet."""
        self.since = 0.0
        """When it got its place, or its last request began, by the clock of the loop."""
        self.person: UUID | None = None

    def belongs_to(self, person: UUID) -> None:
        """Somebody was recognised here: it is theirs for as long as it is open."""
        if self.person is None:
            self._peers.move(self, person)

    def leave(self) -> None:
        """The connection has ended."""
        self._peers.leave(self)
        # Both would keep each other in memory until the collector came.
        self.peer = _NOBODY

    def refused(self) -> None:
        """What it sent was too large, slow or much; it is counted for whom it belongs to."""
        self._peers.throttle.refused(self.where if self.person is None else self.person)


class _Address:
    def __init__(self) -> None:
        # Ordered sets: the first is the one that was there first.
        self.strangers: dict[Place, None] = {}
        self.waiting: dict[Place, None] = {}
        self.timer: asyncio.TimerHandle | None = None


class Peers:
    """Knows trusted proxies, whose connections are those of many people, and counts those of everybody else."""

    def __init__(
        self, proxies: Proxies, throttle: Throttle, most: int = MOST_CONNECTIONS, most_waiting: int = MOST_WAITING
    ) -> None:
        self._proxies = proxies
        self.throttle = throttle
        self._most = most
        self._most_waiting = most_waiting
        self._addresses: dict[str, _Address] = {}
        self._crowded: dict[str, _Address] = {}
        """Those at which connections wait."""
        self._people: Counter[UUID] = Counter()

    def trusts(self, address: str) -> bool:
        """Whether it is a trusted proxy."""
        return self._proxies.trusts(address)

    def is_throttled(self, address: str) -> bool:
        """Whether a connection from there has to wait."""
        return self.throttle.seconds_left(neighbourhood(address)) > 0

    def enter(self, address: str, peer: Peer) -> Place | None:
        """Counts a connection, which may have to wait; None when too many from there wait already."""
        where = neighbourhood(address)
        at = self._addresses.get(where) or self._addresses.setdefault(where, _Address())
        place = Place(self, where, peer)
        if len(at.strangers) < self._most:
            self._seat(at, place)
        elif len(at.waiting) < self._most_waiting:
            place.waits = True
            at.waiting[place] = None
            self._crowded[where] = at
            self._watch(at)
        else:
            self.throttle.refused(where)
            return None
        return place

    def move(self, place: Place, person: UUID) -> None:
        """From its address to a person, who may have so many; one that is too many stays where it is."""
        if self._people[person] >= MOST_OF_ONE_PERSON:
            return
        self._people[person] += 1
        self._forget(place)
        place.person = person

    def leave(self, place: Place) -> None:
        """A connection that was counted has ended."""
        if place.person is None:
            self._forget(place)
            return
        self._people[place.person] -= 1
        if not self._people[place.person]:
            del self._people[place.person]

    def make_room(self) -> bool:
        """Ends the newest of those that wait, when no more files can be opened; False when none does."""
        for at in self._crowded.values():
            newest = next(reversed(at.waiting))
            newest.peer.abort()
            # It has not ended yet, and the next one is not to be let in for it.
            self._forget(newest)
            return True
        return False

    def _forget(self, place: Place) -> None:
        at = self._addresses.get(place.where)
        if at is None:
            return
        at.strangers.pop(place, None)
        at.waiting.pop(place, None)
        while at.waiting and len(at.strangers) < self._most:
            first = next(iter(at.waiting))
            del at.waiting[first]
            first.waits = False
            self._seat(at, first)
            first.peer.begin()
        if not at.waiting:
            self._crowded.pop(place.where, None)
            if not at.strangers:
                del self._addresses[place.where]

    def _seat(self, at: _Address, place: Place) -> None:
        place.since = asyncio.get_running_loop().time()
        at.strangers[place] = None

    def _watch(self, at: _Address) -> None:
        if at.timer is None:
            at.timer = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._unseat, at)

    def _unseat(self, at: _Address) -> None:
        """Lets strangers go who keep others waiting, those first that came first."""
        at.timer = None
        if not at.waiting:
            return
        now = asyncio.get_running_loop().time()

        def keeps_others_waiting(place: Place) -> bool:
            return now - place.since >= (IDLE_SECONDS if place.peer.is_idle() else BUSY_SECONDS)

        for place in [*islice(filter(keeps_others_waiting, at.strangers), len(at.waiting))]:
            place.peer.abort()
        self._watch(at)


def place_of(scope: Scope) -> Place | None:
    """The place of the connection that a request came by, if it is counted."""
    return (scope.get("state") or {}).get(PLACE)
