"""What of an inbound message is kept, and by what the same message is known when it comes again."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from estafette.base.mailboxes import mailbox
from estafette.base.phones import phone
from estafette.deliveries.models.inbound import InboundChannel, InboundMessage
from estafette.deliveries.rules.wording import storable

RAW_BYTES: Final = 262_144
TEXT_CHARACTERS: Final = 20_000
SUBJECT_CHARACTERS: Final = 1_000
ADDRESS_CHARACTERS: Final = 300
MEDIA: Final = 20
RAW_KEPT: Final = timedelta(days=30)
REPEATED: Final = timedelta(minutes=10)
"""Within which the same body from a gateway that names no message is the same message: who answers "yes" to two
questions a day has said it twice, a gateway that lost our answer asks again at once."""
PARTS_AWAITED: Final = timedelta(hours=1)
"""How long a long text message waits for its missing segments."""


def digest_of(message: InboundMessage) -> bytes:
    """What the same message has in common."""
    whose = f"{message.channel}\0{message.sender}\0".encode(errors="replace")
    return sha256(whose + message.body).digest()


def key_of(message: InboundMessage, now: datetime) -> str:
    """By what the message is unique among those of its gateway."""
    if message.provider_id:
        return f"id:{kept(message.provider_id, ADDRESS_CHARACTERS)}"
    return f"{digest_of(message).hex()}:{int(now.timestamp() / REPEATED.total_seconds())}"


def address(channel: InboundChannel, written: str) -> str:
    """An address as clients have theirs: E.164, or a mailbox; as it was written when it is neither."""
    if channel == "email":
        return mailbox(written) or kept(written, ADDRESS_CHARACTERS)
    plain = "".join(each for each in written if each not in " -().")
    if plain.startswith("00"):
        plain = plain[2:]
    return phone(f"+{plain.removeprefix('+')}") or kept(written, ADDRESS_CHARACTERS)


def kept(text: str, longest: int) -> str:
    """A text as PostgreSQL can store it, at most so long."""
    return storable(text, longest)
