"""Who is connected: all open connections of a process, and those of each person in the order in which they came."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from estafette.realtime.connection import Connection

MOST_OF_ONE_PERSON: Final = 50


class Connections:
    """The open connections; `most` is how many a person may have here at a time."""

    def __init__(self, most: int = MOST_OF_ONE_PERSON) -> None:
        self._most = most
        self._all: set[Connection] = set()
        self._of: dict[UUID, dict[Connection, None]] = {}

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Connection]:
        return iter(self._all)

    def __contains__(self, connection: Connection) -> bool:
        return connection in self._all

    def add(self, connection: Connection) -> list[Connection]:
        """Takes a connection in and returns those of the same person that are too many now, the oldest first."""
        self._all.add(connection)
        mine = self._of.setdefault(connection.subscriber.id, {})
        mine[connection] = None
        # Who is being closed already is on the way out, however long that takes.
        return [each for each in mine if not each.is_closing][: -self._most] if len(mine) > self._most else []

    def discard(self, connection: Connection) -> None:
        """Lets a connection go."""
        self._all.discard(connection)
        mine = self._of.get(connection.subscriber.id, {})
        mine.pop(connection, None)
        if not mine:
            self._of.pop(connection.subscriber.id, None)

    def people(self) -> list[UUID]:
        """Everybody who is connected."""
        return list(self._of)

    def of(self, person: UUID) -> list[Connection]:
        """The connections of a person."""
        return list(self._of.get(person, ()))
