"""The words of gateways: what of them can be stored, and what is said when they cannot."""

import msgspec

from estafette.deliveries.models.engine import Submission
from estafette.deliveries.models.messages import Accepted, Refused, Unknown

LONGEST = 300


def storable(text: str, longest: int = LONGEST) -> str:
    """What a gateway wrote, short enough and without what PostgreSQL cannot store."""
    return text[:longest].replace("\0", "").encode(errors="replace").decode()


def plainer(submission: Submission, plainness: int) -> Submission:
    """The same outcome: 0 as it was told, 1 without the gateway's words, 2 without the ids that it gave."""
    if plainness == 0:
        return submission
    outcome = submission.outcome
    match outcome:
        case Refused():
            outcome = msgspec.structs.replace(outcome, code="other", reason="", retry_after=None)
        case Unknown():
            outcome = Unknown(reason="", provider_ids=outcome.provider_ids if plainness == 1 else ())
        case Accepted():
            outcome = outcome if plainness == 1 else Accepted(delivered=outcome.delivered)
    return msgspec.structs.replace(submission, outcome=outcome)
