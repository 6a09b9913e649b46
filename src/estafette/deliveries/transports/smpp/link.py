"""An open link to an SMPP gateway."""

import asyncio

from estafette.deliveries.models.messages import ClaimedMessage, Outcome
from estafette.deliveries.transports.smpp.session import Session
from estafette.deliveries.transports.smpp.settings import Settings
from estafette.deliveries.transports.smpp.submitting import Submitting
from estafette.deliveries.transports.smpp.window import Window


class SmppLink:
    """What the engine sees of a session."""

    def __init__(self, session: Session, window: Window, settings: Settings) -> None:
        self._session, self._window = session, window
        self._submitting = Submitting(session, window, settings)

    async def capacity(self) -> int:
        """Waits for a free place in the window, and says how many there are; for ever when the link is lost."""
        return await self._window.capacity()

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """Submits all segments; ends within a minute."""
        return await self._submitting.submit(claimed)

    async def lost(self) -> str:
        """Waits until the session is over, and says why."""
        return await asyncio.shield(self._session.over)
