"""How to ask Kannel: its sign-in and a message as a request, and where it reports to."""

from datetime import UTC, datetime
from typing import Final

import msgspec

from estafette.deliveries.alphabet import encoding_of
from estafette.deliveries.models.messages import ClaimedMessage
from estafette.deliveries.transports.kannel.settings import Credentials, Settings
from estafette.deliveries.transports.kannel.signing import signature

CODINGS: Final = {"gsm7": "0", "ucs2": "2"}
# What Kannel fills in when it reports: the kind of report, the id that the network gave, and its words.
FILLED_IN: Final = "status=%d&smsc=%F&said=%A"


class KannelRequests(msgspec.Struct, frozen=True, kw_only=True):
    """A Kannel and how it is asked. As a POST: neither the password nor what somebody wrote stands in a URL."""

    settings: Settings
    credentials: Credentials
    callback_url: str

    @property
    def sign_in(self) -> dict[str, str]:
        """The headers of every request."""
        return {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": self.credentials.username,
            "X-Kannel-Password": self.credentials.password,
        }

    def headers(self, claimed: ClaimedMessage, provider_id: str) -> dict[str, str]:
        """A message but for its text, which is the body; raises ValueError when its sender cannot be a header."""
        headers = self.sign_in | {
            "X-Kannel-To": claimed.recipient,
            "X-Kannel-Coding": CODINGS[encoding_of(claimed.text)],
        }
        if not claimed.sender.isprintable():
            raise ValueError("The sender has characters that cannot be shown.")
        if claimed.sender:
            headers["X-Kannel-From"] = claimed.sender
        if self.settings.validity:
            left = (claimed.expires_at - datetime.now(UTC)).total_seconds()
            headers["X-Kannel-Validity"] = str(max(1, int(left / 60)))
        if self.settings.dlr_mask:
            headers["X-Kannel-DLR-Mask"] = str(self.settings.dlr_mask)
            headers["X-Kannel-DLR-URL"] = self.report_url(provider_id)
        return headers

    def report_url(self, provider_id: str) -> str:
        """Where Kannel reports about one message, with the places that it fills in."""
        ours = f"{self.callback_url}?id={provider_id}&sign={signature(provider_id, self.credentials.callback_secret)}"
        return f"{ours.replace('%', '%%')}&{FILLED_IN}"
