"""What somebody wrote to one of our numbers, as Twilio reports it."""

from collections.abc import Mapping
from typing import Final

from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Medium

MEDIA: Final = 10  # of one message, says Twilio
RECEIVED: Final = "received"
WHATSAPP: Final = "whatsapp:"


def is_message(said: Mapping[str, str]) -> bool:
    """Whether a callback tells of a message to us: reports about ours have no text."""
    return said.get("SmsStatus") == RECEIVED or ("Body" in said and not said.get("MessageStatus"))


def message_of(said: Mapping[str, str], provider_id: str, body: bytes) -> InboundMessage:
    """The message in the fields of a callback."""
    sender = said.get("From", "")
    return InboundMessage(
        body=body,
        channel="whatsapp" if sender.startswith(WHATSAPP) else "sms",
        sender=sender.removeprefix(WHATSAPP),
        sender_name=said.get("ProfileName"),
        recipient=said.get("To", "").removeprefix(WHATSAPP),
        text=said.get("Body", ""),
        media=tuple(
            Medium(url=said[f"MediaUrl{index}"], media_type=said.get(f"MediaContentType{index}"))
            for index in range(MEDIA)
            if said.get(f"MediaUrl{index}")
        ),
        provider_id=provider_id,
        answers=tuple(each for each in (said.get("OriginalRepliedMessageSid"),) if each),
    )
