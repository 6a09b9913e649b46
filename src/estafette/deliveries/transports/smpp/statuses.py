"""What the statuses of SMPP mean to a message: whose fault, whether for good, and what it is called."""

from collections.abc import Collection
from typing import Final, NamedTuple

from estafette.deliveries.models.link_faults import LinkFault
from estafette.deliveries.models.messages import Refused


class _Meaning(NamedTuple):
    code: str
    words: str
    permanent: bool = True
    throttled: bool = False


# The names of the codes of a temporary refusal are known to the rules of retries.
_MEANINGS: Final = {
    0x01: _Meaning("message_too_long", "The message is too long"),
    0x02: _Meaning("not_understood", "The length of the command is invalid"),
    0x03: _Meaning("not_understood", "The command is unknown"),
    0x04: _Meaning("connection_lost", "The session is not bound", permanent=False),
    0x06: _Meaning("bad_priority", "The priority is invalid"),
    0x07: _Meaning("bad_option", "The request for a receipt is invalid"),
    0x08: _Meaning("system_error", "The gateway has an error", permanent=False),
    0x0A: _Meaning("bad_sender", "The sender is invalid"),
    0x0B: _Meaning("bad_destination", "The destination is invalid"),
    0x14: _Meaning("queue_full", "The gateway's queue is full", permanent=False),
    0x33: _Meaning("bad_destination", "The number of destinations is invalid"),
    0x43: _Meaning("bad_option", "The class of the message is invalid"),
    0x45: _Meaning("submit_failed", "The submission has failed", permanent=False),
    0x48: _Meaning("bad_sender", "The type of the sender's number is invalid"),
    0x49: _Meaning("bad_sender", "The numbering plan of the sender is invalid"),
    0x50: _Meaning("bad_destination", "The type of the destination's number is invalid"),
    0x51: _Meaning("bad_destination", "The numbering plan of the destination is invalid"),
    0x58: _Meaning("throttled", "Too many messages at a time", permanent=False, throttled=True),
    0x61: _Meaning("bad_schedule", "The scheduled time is invalid"),
    0x62: _Meaning("bad_validity", "The validity period is invalid"),
    0x64: _Meaning("receiver_busy", "The receiver cannot take it now", permanent=False),
    0x65: _Meaning("receiver_refused", "The receiver does not take it"),
    0x66: _Meaning("receiver_refused", "The receiver does not take it"),
    0xFE: _Meaning("delivery_failed", "The delivery has failed"),
    0xFF: _Meaning("unknown_error", "The gateway does not say why"),
}
_BINDING: Final = {
    0x05: "it is bound already, and it allows no more links",
    0x0D: "the bind has failed",
    0x0E: "the password is wrong",
    0x0F: "the system id is unknown",
    0x53: "the system type is wrong",
    0x58: "too many attempts at a time",
}
_SIGNING_IN: Final = frozenset({0x0D, 0x0E, 0x0F, 0x53})


def refusal(status: int, passing: Collection[int] = ()) -> Refused:
    """What an answer with this status means; those that are `passing` are worth another attempt."""
    meaning = _MEANINGS.get(status) or _Meaning(f"status_{status:04x}", "The gateway has refused it")
    return Refused(
        kind="gateway",
        permanent=meaning.permanent and status not in passing,
        code=meaning.code,
        reason=f"{meaning.words} (0x{status:08X})",
        throttled=meaning.throttled,
    )


def fault_of_bind(status: int) -> LinkFault:
    """What kind of fault it is that a gateway has not let us in."""
    return "sign_in" if status in _SIGNING_IN else "refused"


def refused_bind(status: int) -> str:
    """Why a gateway has not let us in, as a sentence."""
    return f"The gateway refuses the link: {_BINDING.get(status, 'it does not say why')} (0x{status:08X})"
