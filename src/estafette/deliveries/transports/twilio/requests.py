"""How to ask the account: its addresses, its sign-in, and a message as a form."""

from base64 import b64encode
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlencode

import msgspec

from estafette.deliveries.models.messages import ClaimedMessage

LONGEST_VALIDITY: Final = 36_000  # seconds; also what Twilio takes when none is named


class TwilioRequests(msgspec.Struct, frozen=True, kw_only=True):
    """An account and how it is reached; `base_url` without a slash at the end."""

    base_url: str
    account_sid: str
    auth_token: str
    messaging_service_sid: str
    callback_url: str

    @property
    def account_url(self) -> str:
        """Where the account itself is."""
        return f"{self.base_url}/2010-04-01/Accounts/{quote(self.account_sid, safe='')}.json"

    @property
    def messages_url(self) -> str:
        """Where messages are made."""
        return f"{self.base_url}/2010-04-01/Accounts/{quote(self.account_sid, safe='')}/Messages.json"

    @property
    def headers(self) -> dict[str, str]:
        """The sign-in (RFC 7617)."""
        pair = b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        return {"Authorization": f"Basic {pair}", "Accept": "application/json"}

    def form(self, claimed: ClaimedMessage) -> bytes:
        """A message as the body of a request; raises ValueError when there is no sender for it."""
        fields = [("To", claimed.recipient), ("StatusCallback", self.callback_url)]
        if self.messaging_service_sid:
            fields.append(("MessagingServiceSid", self.messaging_service_sid))
        elif claimed.sender:
            fields.append(("From", claimed.sender))
        else:
            raise ValueError("The message names no sender, and the gateway no messaging service.")
        if claimed.text or not claimed.media:
            fields.append(("Body", claimed.text))
        if claimed.channel == "mms":
            fields += [("MediaUrl", each.url) for each in claimed.media]
        left = int((claimed.expires_at - datetime.now(UTC)).total_seconds())
        if left < LONGEST_VALIDITY:
            fields.append(("ValidityPeriod", str(max(1, left))))
        return urlencode(fields).encode("ascii")
