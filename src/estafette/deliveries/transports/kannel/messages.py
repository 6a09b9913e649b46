"""What somebody wrote to one of our numbers: Kannel fetches the `get-url` of a service of its own configuration.

There the address is `…/callbacks/{gateway}?secret={callback_secret}&from=%p&to=%P&text=%b&message=%I`, with
`alt-charset = UTF-8`, and `max-messages = 0`, so that our empty answer is no message to who wrote.
"""

from collections.abc import Mapping
from hmac import compare_digest

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import InboundMessage


def message_of(said: Mapping[str, str], query: bytes, secret: str) -> InboundMessage:
    """The message in a URL; raises CallbackRefused unless it bears the secret that the administrator has set."""
    if not compare_digest(said.get("secret", "").encode(errors="replace"), secret.encode()):
        raise CallbackRefused
    return InboundMessage(
        # What is kept of it must not tell the secret.
        body=b"&".join(each for each in query.split(b"&") if not each.startswith(b"secret="))[:65_536],
        channel="sms",
        sender=said.get("from", ""),
        recipient=said.get("to", ""),
        text=said["text"],
        provider_id=said.get("message", "")[:100] or None,
    )
