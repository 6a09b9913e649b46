"""Hands messages to the account, some at once."""

from typing import Final

from estafette.base.brief import brief
from estafette.base.failure_latch import FailureLatch
from estafette.base.outgoing import Answer, NoAnswer, NotConnected, Outgoing, OutgoingRefused
from estafette.base.slots import Slots
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import ClaimedMessage, Outcome, Refused, Unknown
from estafette.deliveries.transports.twilio.answers import NotOurs, check_account, outcome, refused
from estafette.deliveries.transports.twilio.requests import TwilioRequests

CONNECTIONS: Final = 32
TIMEOUT: Final = 30.0  # seconds
ENOUGH: Final = 3  # requests without a connection, one after the other: the gateway is away
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}


class TwilioLink:
    """An account that has let us in."""

    def __init__(self, outgoing: Outgoing, requests: TwilioRequests) -> None:
        self._outgoing = outgoing
        self._requests = requests
        self._slots = Slots(CONNECTIONS)
        self._latch = FailureLatch(ENOUGH)

    async def check_sign_in(self) -> None:
        """Asks for the account, to see whether it lets us in; raises LinkRefused."""
        try:
            answer = await self._outgoing.get(self._requests.account_url, self._requests.headers, timeout=TIMEOUT)
            # Not everybody who speaks like Twilio can show the account: what is not there is not needed.
            if answer.status != 404:
                check_account(answer)
        except NotOurs as error:
            raise LinkRefused("sign_in", brief(f"The account is not let in: {error}")) from error
        except OutgoingRefused as error:
            raise LinkRefused("settings", brief(f"The address of the gateway cannot be called: {error}.")) from error
        except (NotConnected, NoAnswer) as error:
            raise LinkRefused("unreachable", brief(f"No connection: {error}.")) from error
        if answer.status >= 500:
            raise LinkRefused("refused", f"The gateway is not well: {answer.status}.")

    async def capacity(self) -> int:
        """Waits for a free place, and says how many there are."""
        return await self._slots.free()

    async def lost(self) -> str:
        """Waits until the account is not let in any more or the gateway is away, and says why."""
        return await self._latch.tripped()

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """Makes a message of it, once."""
        if self._latch.reason is not None:
            return refused("connection_lost", self._latch.reason)
        try:
            form = self._requests.form(claimed)
        except ValueError as error:
            return Refused(kind="system", permanent=True, code="bad_sender", reason=brief(str(error)))
        with self._slots.taken():
            try:
                answer = await self._post(form)
                self._latch.succeeded()
                return outcome(answer)
            except (NotConnected, OutgoingRefused) as error:
                self._latch.failed(str(error))
                return refused("connection_lost", f"No connection: {error}.")
            except NoAnswer as error:
                return Unknown(reason=brief(f"The message was sent, and no answer came: {error}."))
            except NotOurs as error:
                self._latch.trip(str(error))
                return refused("connection_lost", f"The account is not let in: {error}")

    async def _post(self, form: bytes) -> Answer:
        return await self._outgoing.post(
            self._requests.messages_url, form, self._requests.headers | FORM, timeout=TIMEOUT
        )
