"""What the answers of Kannel's smsbox mean for a message."""

from typing import Final

from estafette.base.brief import brief
from estafette.base.outgoing import Answer
from estafette.base.outgoing.waiting import retry_after
from estafette.deliveries.models.messages import Accepted, Outcome, Refused, Unknown

# "0: Accepted for delivery", "3: Queued for later delivery", or "Sent." from one that answers before it has asked.
TAKEN: Final = ("0:", "3:", "Sent")
NOT_ROUTABLE: Final = "Not routable"
# How a 400 begins, and what it means.
FAULTS: Final = (
    ("Sender missing", "bad_sender"),
    ("Missing receiver", "bad_destination"),
    ("Empty receiver", "bad_destination"),
    ("Number(s) has/have been denied", "blocked"),
    ("Charset or body misformed", "bad_text"),
)
# What Kannel itself says when it has not taken a message.
NOT_NOW: Final = ("Temporal failure", "Sending failed")
LATER: Final = (408, 425, 429)


class NotLetIn(Exception):
    """Our user or password is wrong, or our address not allowed: whatever is submitted, the answer is the same."""


def outcome(answer: Answer, provider_id: str) -> Outcome:
    """What an answer to a message means; raises NotLetIn."""
    words = text_of(answer)
    if answer.status == 202 or (answer.status == 200 and words.startswith(TAKEN)):
        return Accepted(provider_ids=(provider_id,))
    check_let_in(answer)
    if answer.status < 300 or _open(answer, words):
        return Unknown(reason=shown(answer), provider_ids=(provider_id,))
    if answer.status in LATER or answer.status >= 500:
        throttled = answer.status == 429
        return Refused(
            kind="gateway",
            permanent=False,
            code="throttled" if throttled else "service_unavailable",
            reason=shown(answer),
            retry_after=retry_after(answer.headers),
            throttled=throttled,
        )
    code = "no_route" if words.startswith(NOT_ROUTABLE) else "refused"
    code = next((each for start, each in FAULTS if words.startswith(start)), code)
    return Refused(kind="gateway", permanent=True, code=code, reason=shown(answer))


def _open(answer: Answer, words: str) -> bool:
    # Somebody in between lost patience or its way back; Kannel itself may have taken the message, and would take it
    # again. Only its own words, or who asks to be called again, say that it has not.
    if answer.status == 504:
        return True
    return answer.status >= 500 and not words.startswith(NOT_NOW) and retry_after(answer.headers) is None


def check_let_in(answer: Answer) -> None:
    """Raises NotLetIn when an answer speaks of us and not of the message; Kannel says 403 in both cases."""
    if answer.status == 401 or (answer.status == 403 and not text_of(answer).startswith(NOT_ROUTABLE)):
        raise NotLetIn(shown(answer))


def text_of(answer: Answer) -> str:
    """The beginning of what was said."""
    return answer.body[:300].decode(errors="replace").strip()


def shown(answer: Answer) -> str:
    """What was answered, for people."""
    return brief(f"{answer.status} {text_of(answer)}")
