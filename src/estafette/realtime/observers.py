"""Who wants to know of connections, beside those who follow topics."""

from typing import Protocol

from estafette.realtime.connection import Connection
from estafette.realtime.models import FromClient


class ConnectionObserver(Protocol):
    """Is told of every connection of a process, from its welcome to its end; none of it may wait."""

    def opened(self, connection: Connection) -> None:
        """It was welcomed."""
        ...

    def heard(self, connection: Connection, frame: FromClient) -> None:
        """Its client said something."""
        ...

    def closed(self, connection: Connection) -> None:
        """It has ended, welcomed or not."""
        ...
