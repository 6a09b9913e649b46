"""What the answers of a mail server mean for a message."""

import re
from typing import Final, Literal

from estafette.base.brief import brief
from estafette.deliveries.models.messages import Refused

Step = Literal["MAIL", "RCPT", "DATA"]

ENHANCED: Final = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463
DELAY: Final = re.compile(
    r"\b(?:in|after|for|within|wait)\s+(?:about\s+)?(\d{1,5})\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)\b",
    re.I,
)
TOO_FAST: Final = re.compile(r"\b(too (many|much|fast|quickly)|rate|throttl\w*|slow down)\b", re.I)
SECONDS: Final = {"s": 1, "m": 60, "h": 3600}
LONGEST_DELAY: Final = 6 * 3600.0  # seconds; whoever says more is asked earlier
AT_STEP: Final = {"MAIL": "sender_refused", "RCPT": "recipient_refused", "DATA": "content_refused"}
BY_SUBJECT: Final = {1: "bad_destination", 2: "mailbox_unavailable", 4: "no_route", 6: "content_refused", 7: "policy"}


def refusal(step: Step, code: int, text: str) -> Refused:
    """A 4xx answer is for now, a 5xx for good; an address that does not exist is not to be written to again."""
    permanent = code >= 500
    subject, detail = enhanced(text)
    reason = brief(f"{code} {text}")
    if not permanent:
        throttled = bool(TOO_FAST.search(text))
        return Refused(
            kind="gateway",
            permanent=False,
            code="throttled" if throttled else "deferred",
            reason=reason,
            retry_after=stated_delay(text),
            throttled=throttled,
        )
    # 5.1.7 and 5.1.8 speak of the sender's address.
    of_sender = step == "MAIL" or (subject == 1 and detail in (7, 8))
    return Refused(
        kind="gateway",
        permanent=True,
        code="sender_refused" if of_sender and subject in (None, 1) else meaning(step, code, subject, detail),
        reason=reason,
        suppress=subject == 1 and not of_sender,
    )


def meaning(step: Step, code: int, subject: int | None, detail: int | None) -> str:
    """The stable code of a permanent refusal."""
    if (subject, detail) == (2, 2):
        return "mailbox_full"
    if (subject, detail) in ((2, 3), (3, 4)) or (code == 552 and subject is None):
        return "too_large"
    return BY_SUBJECT.get(subject or 0, AT_STEP[step])


def enhanced(text: str) -> tuple[int | None, int | None]:
    """Subject and detail of an enhanced status code, when the answer begins with one."""
    found = ENHANCED.match(text)
    return (int(found[2]), int(found[3])) if found else (None, None)


def stated_delay(text: str) -> float | None:
    """Seconds to wait, when the server names them: "try again in 5 minutes"."""
    found = DELAY.search(text)
    return min(LONGEST_DELAY, float(int(found[1]) * SECONDS[found[2][0].lower()])) if found else None
