"""What the answers and the error codes of Twilio mean for a message."""

from typing import Final

import msgspec

from estafette.base.brief import brief
from estafette.base.outgoing import Answer
from estafette.base.outgoing.waiting import retry_after
from estafette.deliveries.models.messages import Accepted, Kind, Outcome, Refused, Unknown

# From the error dictionary at twilio.com/docs/api/errors; codes of our own, which other gateways share.
MEANINGS: Final = {
    14107: "throttled",
    20429: "throttled",
    21211: "bad_destination",
    21217: "bad_destination",
    21408: "no_route",
    21601: "bad_sender",
    21602: "no_text",
    21603: "bad_sender",
    21604: "bad_destination",
    21606: "bad_sender",
    21608: "not_allowed",
    21610: "unsubscribed",
    21611: "queue_full",
    21612: "no_route",
    21614: "bad_destination",
    21617: "too_large",
    21620: "bad_media",
    21623: "bad_media",
    21635: "bad_destination",
    21659: "bad_sender",
    21660: "bad_sender",
    21705: "bad_sender",
    21712: "bad_sender",
    30001: "queue_full",
    30002: "account_suspended",
    30003: "unreachable",
    30004: "blocked",
    30005: "bad_destination",
    30006: "bad_destination",
    30007: "filtered",
    30008: "unknown_error",
    30009: "segment_missing",
    30010: "too_expensive",
    30011: "bad_media",
    30017: "congested",
    30018: "bad_sender",
    30019: "too_large",
    30022: "throttled",
    30023: "throttled",
    30034: "bad_sender",
    30036: "expired",
    30410: "gateway_timeout",
}
LATER: Final = {"throttled", "queue_full", "congested"}
"""What a second attempt may get past."""

STOPPED: Final = 21610  # the recipient wrote STOP
# These are the account's matter and not the message's: wrong sign-in, account closed, wrong address.
OF_THE_ACCOUNT: Final = {20003, 20005, 20006, 20403, 20404, 30002}


class NotOurs(Exception):
    """The account is not let in: whatever is submitted, the answer will be the same."""


class Said(msgspec.Struct, frozen=True):
    """The members of an answer that matter here."""

    sid: str | None = None
    code: int | None = None
    message: str | None = None


def outcome(answer: Answer) -> Outcome:
    """What an answer to a message means; raises NotOurs."""
    said = read(answer.body)
    if answer.status in (200, 201, 202):
        if said.sid:
            return Accepted(provider_ids=(said.sid,))
        return Unknown(reason=brief(f"{answer.status} without a message id: {shown(answer, said)}"))
    check_account(answer)
    if _open(answer, said):
        return Unknown(reason=shown(answer, said))
    code = MEANINGS.get(said.code or 0, f"error_{said.code}" if said.code else "refused")
    if answer.status in (408, 425, 429) or answer.status >= 500 or code in LATER:
        throttled = answer.status == 429 or code == "throttled"
        return refused(
            "throttled" if throttled else code if code in LATER else "service_unavailable",
            shown(answer, said),
            wait=retry_after(answer.headers),
            throttled=throttled,
        )
    kind: Kind = "system" if code == "no_text" else "gateway"
    return Refused(kind=kind, permanent=True, code=code, reason=shown(answer, said), suppress=said.code == STOPPED)


def _open(answer: Answer, said: Said) -> bool:
    # Somebody in between lost patience or its way back; the gateway itself may have made the message, and would make
    # another one. Only its own error, or who asks to be called again, says that there is none.
    if answer.status == 504:
        return True
    return answer.status >= 500 and not said.code and retry_after(answer.headers) is None


def check_account(answer: Answer) -> None:
    """Raises NotOurs when an answer says that the account is not let in."""
    said = read(answer.body)
    if answer.status == 401 or (answer.status in (403, 404) and (not said.code or said.code in OF_THE_ACCOUNT)):
        raise NotOurs(shown(answer, said))


def refused(code: str, reason: str, *, wait: float | None = None, throttled: bool = False) -> Refused:
    """A refusal for now."""
    return Refused(
        kind="gateway", permanent=False, code=code, reason=brief(reason), retry_after=wait, throttled=throttled
    )


def read(body: bytes) -> Said:
    """The answer's members; none when it is not JSON of their kind."""
    try:
        return msgspec.json.decode(body, type=Said)
    except msgspec.DecodeError:
        return Said()


def shown(answer: Answer, said: Said) -> str:
    """What was answered, for people."""
    text = said.message or answer.body[:300].decode(errors="replace")
    return brief(" ".join(str(each) for each in (answer.status, said.code, text) if each))
