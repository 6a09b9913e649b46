"""Submits a message, one submit_sm per segment, and says honestly how that ended."""

import asyncio
from datetime import UTC, datetime
from typing import Final

from estafette.base.back_off import back_off
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Outcome, Refused, Unknown
from estafette.deliveries.transports.smpp import pdu
from estafette.deliveries.transports.smpp.bodies import read_message_id
from estafette.deliveries.transports.smpp.messages import bodies_of
from estafette.deliveries.transports.smpp.questions import Answer, Missing
from estafette.deliveries.transports.smpp.receipts import normalised
from estafette.deliveries.transports.smpp.session import Session
from estafette.deliveries.transports.smpp.settings import Settings
from estafette.deliveries.transports.smpp.statuses import refusal
from estafette.deliveries.transports.smpp.window import Window

_WHOLE: Final = 55.0  # seconds in which a submission ends
_FIRST_PAUSE: Final = 0.5  # seconds before a segment that was refused for now is submitted again, then twice as many
_PATIENCE: Final = 4.0  # seconds that a message waits for a place, where capacity() had promised one


class Submitting:
    """Submits messages over one session."""

    def __init__(self, session: Session, window: Window, settings: Settings) -> None:
        self._session, self._window, self._settings = session, window, settings
        self._loop = asyncio.get_running_loop()

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """The first segment goes ahead; when it is accepted the others follow together.

        So a refusal of the first leaves nothing behind. One of a later segment, for now, is repeated as long as there
        is time, because that segment was certainly not taken; the accepted ones are never submitted again.
        """
        bodies = bodies_of(claimed, self._settings, datetime.now(UTC))
        if isinstance(bodies, Refused):
            return bodies
        ends_at = self._loop.time() + _WHOLE
        first = await self._segment(bodies[0], _PATIENCE)
        if not isinstance(first, str) or len(bodies) == 1:
            return _accepted([first]) if isinstance(first, str) else first
        rest = await asyncio.gather(*(self._insist(body, ends_at) for body in bodies[1:]))
        return _together([first, *rest])

    async def _insist(self, body: bytes, ends_at: float) -> str | Refused | Unknown:
        """Submits a later segment, again and again while it is refused for now."""
        refusals = 0
        while True:
            left = ends_at - self._loop.time() - self._settings.response_timeout
            outcome = await self._segment(body, max(0.0, left))
            if not isinstance(outcome, Refused) or outcome.permanent or self._session.over.done():
                return outcome
            refusals += 1
            pause = back_off(refusals, _FIRST_PAUSE, _WHOLE)
            if left <= pause:
                return outcome
            await asyncio.sleep(pause)

    async def _segment(self, body: bytes, patience: float) -> str | Refused | Unknown:
        """The provider's id of one segment, "" when it gave none, or why it has not taken it."""
        if not await self._window.take(patience):
            reason = self._session.over.result() if self._session.over.done() else "The gateway answers too slowly"
            return _not_written(reason)
        return self._meaning(await self._session.ask(pdu.SUBMIT_SM, body))

    def _meaning(self, answer: Answer) -> str | Refused | Unknown:
        if isinstance(answer, Missing):
            return Unknown(reason=answer.reason) if answer.written else _not_written(answer.reason)
        if answer.command == pdu.GENERIC_NACK:
            return Unknown(reason=f"The gateway did not understand the message (0x{answer.status:08X})")
        if answer.status != pdu.OK:
            return refusal(answer.status, self._settings.retry_statuses)
        return normalised(read_message_id(answer.body))


def _accepted(ids: list[str]) -> Accepted:
    return Accepted(provider_ids=tuple(each for each in ids if each))


def _not_written(reason: str) -> Refused:
    return Refused(kind="gateway", permanent=False, code="connection_lost", reason=reason[:300])


def _together(outcomes: list[str | Refused | Unknown]) -> Outcome:
    """What the segments come to, of which the first was accepted: it must not be submitted again, whatever happened."""
    for ordinal, each in enumerate(outcomes, start=1):
        if isinstance(each, Refused):
            reason = f"Segment {ordinal} of {len(outcomes)} was not taken, others were. {each.reason}"
            return Refused(kind=each.kind, permanent=True, code="partly_accepted", reason=reason[:300])
    for each in outcomes:
        if isinstance(each, Unknown):
            return each
    return _accepted([each for each in outcomes if isinstance(each, str)])
