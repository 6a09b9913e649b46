"""The bus of a web process: what revokes a credential takes effect here at once, and elsewhere when the bus tells."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from estafette import accounts
from estafette.base.bus import Bus, Event


class LocalFirstBus:
    """Passes everything on; events about identity are handled before `publish` returns, too."""

    def __init__(self, bus: Bus, hear_identity: Callable[[msgspec.Raw], None]) -> None:
        self._bus = bus
        self._hear_identity = hear_identity

    def publish(self, *events: Event) -> None:
        """Hands events over without waiting."""
        for event in events:
            if event.kind == accounts.IDENTITY:
                self._hear_identity(event.data)
        self._bus.publish(*events)

    async def enclose(self, execute: Callable[..., Awaitable[Any]], *events: Event) -> None:
        """Lets events travel with a commit."""
        await self._bus.enclose(execute, *events)

    def on(self, kind: str, handle: Callable[[msgspec.Raw], None]) -> None:
        """Calls `handle` with the data of each event of a kind."""
        self._bus.on(kind, handle)

    def on_gap(self, handle: Callable[[], None]) -> None:
        """Calls `handle` after the link was lost and is back."""
        self._bus.on_gap(handle)
