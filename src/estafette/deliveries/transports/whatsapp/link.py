"""Hands messages to the Cloud API, some at once."""

from typing import Final

from msgspec import structs

from estafette.base.brief import brief
from estafette.base.failure_latch import FailureLatch
from estafette.base.outgoing import NoAnswer, NotConnected, Outgoing, OutgoingRefused
from estafette.base.slots import Slots
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import ClaimedMessage, Outcome, Refused, Unknown
from estafette.deliveries.transports.whatsapp.answers import NotOurs, outcome, read, shown
from estafette.deliveries.transports.whatsapp.meanings import meaning_of
from estafette.deliveries.transports.whatsapp.requests import NothingToSend, WhatsAppRequests

CONNECTIONS: Final = 32
TIMEOUT: Final = 30.0  # seconds
ENOUGH: Final = 3  # requests without a connection, one after the other: the gateway is away


class WhatsAppLink:
    """A number that has let us in."""

    def __init__(self, outgoing: Outgoing, requests: WhatsAppRequests) -> None:
        self._outgoing = outgoing
        self._requests = requests
        self._slots = Slots(CONNECTIONS)
        self._latch = FailureLatch(ENOUGH)

    async def check_sign_in(self) -> None:
        """Asks for the number, to see whether it lets us in; raises LinkRefused."""
        try:
            answer = await self._outgoing.get(self._requests.number_url, self._requests.headers, timeout=TIMEOUT)
        except OutgoingRefused as error:
            raise LinkRefused("settings", brief(f"The address of the gateway cannot be called: {error}.")) from error
        except (NotConnected, NoAnswer) as error:
            raise LinkRefused("unreachable", brief(f"No connection: {error}.")) from error
        said = read(answer.body)
        if answer.status >= 500:
            raise LinkRefused("refused", f"The gateway is not well: {answer.status}.")
        code = said.error.code if said.error else None
        if code is not None and meaning_of(code).effect in ("later", "slower", "blocked"):
            raise LinkRefused("refused", shown(answer, said))
        # A number that is not the token's own is answered 400 with code 100.
        if code is not None or answer.status in (401, 403):
            raise LinkRefused("sign_in", brief(f"The number is not let in: {shown(answer, said)}"))

    async def capacity(self) -> int:
        """Waits for a free place, and says how many there are."""
        return await self._slots.free()

    async def lost(self) -> str:
        """Waits until the number is not let in any more or the gateway is away, and says why."""
        return await self._latch.tripped()

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """Makes a message of it, once; a text that may not be sent now does not leave."""
        if self._latch.reason is not None:
            return _unconnected(self._latch.reason)
        try:
            body = self._requests.body(claimed)
        except NothingToSend:
            return Refused(kind="gateway", permanent=True, code="window_closed", reason=WINDOW_CLOSED)
        names = (claimed.own_name,)
        with self._slots.taken():
            try:
                answer = await self._outgoing.post(
                    self._requests.messages_url, body, self._requests.headers, timeout=TIMEOUT
                )
                self._latch.succeeded()
                found = outcome(answer)
                return structs.replace(found, provider_ids=names) if isinstance(found, Unknown) else found
            except (NotConnected, OutgoingRefused) as error:
                self._latch.failed(str(error))
                return _unconnected(f"No connection: {error}.")
            except NoAnswer as error:
                reason = brief(f"The message was sent, and no answer came: {error}.")
                return Unknown(reason=reason, provider_ids=names)
            except NotOurs as error:
                self._latch.trip(str(error))
                return _unconnected(f"The account is not let in: {error}")


WINDOW_CLOSED: Final = (
    "The recipient has not written to this number within 24 hours: only an approved template may be sent."
)


def _unconnected(reason: str) -> Refused:
    return Refused(kind="gateway", permanent=False, code="connection_lost", reason=brief(reason))
