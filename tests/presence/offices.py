"""Employees with pages open at several processes on one database, all inside the process of the test."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from estafette import accounts
from estafette.accounts import ORGANISATION, SignedIn
from estafette.base.database import Database
from estafette.presence import LivePresence
from estafette.realtime import Hub
from tests.realtime.fakes import FRAME, FakeSocket, Somebody
from tests.waiting import PATIENCE, eventually

Json = dict[str, Any]


class Page:
    """An open page of somebody: what it shows, by what it was told."""

    def __init__(self, socket: FakeSocket, somebody: Somebody) -> None:
        self.socket, self.somebody = socket, somebody

    def show(self, *people: SignedIn | UUID) -> None:
        """Shows these people from now on."""
        ids = [str(getattr(each, "person_id", each)) for each in people]
        self.socket.say({"type": "show_presence", "people": ids})

    def idle(self) -> None:
        self.socket.say({"type": "idle"})

    def active(self) -> None:
        self.socket.say({"type": "active"})

    @property
    def frames(self) -> list[Json]:
        return [each for each in self.socket.sent if each["type"] == "presence"]

    @property
    def held(self) -> dict[str, Json]:
        """The presence of everybody it shows, as a client keeps it."""
        held: dict[str, Json] = {}
        for frame in self.frames:
            told = {each["id"]: each for each in frame["people"]}
            held = told if frame["snapshot"] else held | told
        return held

    def statuses(self, person: SignedIn) -> list[str]:
        """All statuses of a person that it was told, in their order."""
        id_ = str(person.person_id)
        return [each["status"] for frame in self.frames for each in frame["people"] if each["id"] == id_]

    async def sees(self, person: SignedIn, **how: object) -> Json:
        """Waits until it shows somebody like this."""

        def look() -> list[Json]:
            there = self.held.get(str(person.person_id))
            return [there] if there and all(there[name] == value for name, value in how.items()) else []

        [seen] = await eventually(look, lambda: self.frames)
        return seen


class Office:
    """A process: a hub with presence, and a database of its own count."""

    def __init__(self, database: Database) -> None:
        self.database = Database(database.pool, database.bus, database.clock)
        self.presence = LivePresence(self.database)
        self.hub = Hub(
            database.bus,
            {},
            frame_event=FRAME,
            identity_event=accounts.IDENTITY,
            followers_among=_nobody,
            observers=(self.presence,),
        )

    @asynccontextmanager
    async def page(self, who: SignedIn | UUID, *, employee: bool = True) -> AsyncGenerator[Page, None]:
        """Somebody has a page open."""
        somebody = Somebody()
        somebody.id = who if isinstance(who, UUID) else who.person_id
        somebody.may_follow = frozenset((somebody.id, *([ORGANISATION] if employee else [])))
        socket = FakeSocket(answers_beats=True)
        serving = asyncio.create_task(self.hub.serve(socket, somebody.subscriber()))
        try:
            await eventually(lambda: "welcome" in socket.types())
            yield Page(socket, somebody)
        finally:
            socket.hang_up()
            async with asyncio.timeout(PATIENCE):
                await serving


@asynccontextmanager
async def office(database: Database) -> AsyncGenerator[Office, None]:
    """A process that runs, and is stopped afterwards."""
    started = Office(database)
    await started.presence.start()
    await started.hub.start()
    try:
        yield started
    finally:
        await started.hub.stop()
        await started.presence.stop()


async def _nobody(_: UUID, __: Sequence[UUID]) -> set[UUID]:
    return set()
