"""Who follows which topic in this process."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from estafette.realtime.connection import Connection
from estafette.realtime.frames import Frame


class Subscribers:
    """Connections by topic; a topic that nobody follows takes no room."""

    def __init__(self) -> None:
        self._by_topic: dict[UUID, set[Connection]] = {}

    def follow(self, connection: Connection, topics: frozenset[UUID]) -> None:
        """Lets a connection follow these topics and no others."""
        self.leave(connection)
        connection.topics = topics
        for topic in topics:
            self._by_topic.setdefault(topic, set()).add(connection)

    def add(self, connection: Connection, topic: UUID) -> None:
        """Lets a connection follow one topic more."""
        connection.topics |= {topic}
        self._by_topic.setdefault(topic, set()).add(connection)

    def remove(self, connection: Connection, topic: UUID) -> None:
        """Lets a connection follow one topic less."""
        connection.topics -= {topic}
        self._forget(connection, topic)

    def of(self, topic: UUID) -> list[Connection]:
        """The connections that follow a topic."""
        return list(self._by_topic.get(topic, ()))

    def leave(self, connection: Connection) -> None:
        """Lets a connection follow nothing any more."""
        for topic in connection.topics:
            self._forget(connection, topic)

    def _forget(self, connection: Connection, topic: UUID) -> None:
        subscribers = self._by_topic.get(topic)
        if subscribers is not None:
            subscribers.discard(connection)
            if not subscribers:
                del self._by_topic[topic]

    def any_of(self, topics: Iterable[UUID]) -> bool:
        """Whether anybody follows one of these topics."""
        return any(topic in self._by_topic for topic in topics)

    def tell(self, topics: Sequence[UUID], frame: Frame) -> None:
        """Hands a frame to everybody who follows one of these topics, once each."""
        about = frozenset(topics)
        if len(topics) == 1:
            for connection in self._by_topic.get(topics[0], ()):
                connection.push_about(about, frame)
            return
        for connection in set[Connection]().union(*(self._by_topic.get(topic, ()) for topic in topics)):
            connection.push_about(about, frame)
