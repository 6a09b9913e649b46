"""Hands messages to Kannel, some at once."""

from typing import Final

from estafette.base.brief import brief
from estafette.base.failure_latch import FailureLatch
from estafette.base.ids import new_id
from estafette.base.outgoing import Answer, NoAnswer, NotConnected, Outgoing, OutgoingRefused
from estafette.base.slots import Slots
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import ClaimedMessage, Outcome, Refused, Unknown
from estafette.deliveries.transports.kannel.answers import NotLetIn, check_let_in, outcome, shown
from estafette.deliveries.transports.kannel.requests import KannelRequests

TIMEOUT: Final = 30.0  # seconds
ENOUGH: Final = 3  # requests without a connection, one after the other: the gateway is away


class KannelLink:
    """A Kannel that has let us in. What a message is called is our choice, so that its report finds it in any case."""

    def __init__(self, outgoing: Outgoing, requests: KannelRequests, slots: int) -> None:
        self._outgoing = outgoing
        self._requests = requests
        self._slots = Slots(slots)
        self._latch = FailureLatch(ENOUGH)

    async def check_sign_in(self) -> None:
        """Asks to send nothing to nobody: who is let in is told that the receiver is missing. Raises LinkRefused."""
        try:
            answer = await self._post(b"", self._requests.sign_in)
            check_let_in(answer)
        except NotLetIn as error:
            raise LinkRefused("sign_in", brief(f"Our user is not let in: {error}")) from error
        except OutgoingRefused as error:
            raise LinkRefused("settings", brief(f"The address of the gateway cannot be called: {error}.")) from error
        except (NotConnected, NoAnswer) as error:
            raise LinkRefused("unreachable", brief(f"No connection: {error}.")) from error
        if answer.status >= 500:
            raise LinkRefused("refused", brief(f"The gateway is not well: {shown(answer)}"))
        if answer.status != 400:
            raise LinkRefused("settings", brief(f"There is no sendsms at this address: {shown(answer)}"))

    async def capacity(self) -> int:
        """Waits for a free place, and says how many there are."""
        return await self._slots.free()

    async def lost(self) -> str:
        """Waits until our user is not let in any more or the gateway is away, and says why."""
        return await self._latch.tripped()

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """Hands a message over, once."""
        if self._latch.reason is not None:
            return lost(self._latch.reason)
        provider_id = new_id().hex
        try:
            headers = self._requests.headers(claimed, provider_id)
        except ValueError as error:
            return Refused(kind="system", permanent=True, code="bad_sender", reason=brief(str(error)))
        with self._slots.taken():
            try:
                answer = await self._post(claimed.text.encode(), headers)
                self._latch.succeeded()
                return outcome(answer, provider_id)
            except (NotConnected, OutgoingRefused) as error:
                self._latch.failed(str(error))
                return lost(f"No connection: {error}.")
            except NoAnswer as error:
                reason = brief(f"The message was sent, and no answer came: {error}.")
                return Unknown(reason=reason, provider_ids=(provider_id,))
            except NotLetIn as error:
                # The message may go out another way, or when the user is right again.
                self._latch.trip(str(error))
                return lost(f"Our user is not let in: {error}")

    async def _post(self, body: bytes, headers: dict[str, str]) -> Answer:
        return await self._outgoing.post(self._requests.settings.url, body, headers, timeout=TIMEOUT)


def lost(reason: str) -> Refused:
    """A refusal for now, by a gateway that is not there."""
    return Refused(kind="gateway", permanent=False, code="connection_lost", reason=brief(reason))
