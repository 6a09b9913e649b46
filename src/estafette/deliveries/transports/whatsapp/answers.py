"""What the answers of the WhatsApp Cloud API mean for a message."""

from typing import Final

import msgspec

from estafette.base.brief import brief
from estafette.base.outgoing import Answer
from estafette.base.outgoing.waiting import retry_after
from estafette.deliveries.models.messages import Accepted, Outcome, Refused, Unknown
from estafette.deliveries.transports.whatsapp.meanings import Meaning, meaning_of

BLOCKED_SECONDS: Final = 600.0
"""How long a gateway that Meta has stopped is left alone before it is asked again."""


class NotOurs(Exception):
    """The account is not let in: whatever is submitted, the answer will be the same."""


class ErrorData(msgspec.Struct, frozen=True):
    """What else is known of an error."""

    details: str = ""


class Error(msgspec.Struct, frozen=True):
    """The members of an error that matter here; webhooks have a title where answers have a message."""

    code: int | None = None
    message: str = ""
    title: str = ""
    error_data: ErrorData | None = None

    @property
    def words(self) -> str:
        """What it says, for people."""
        details = self.error_data.details if self.error_data else ""
        return brief(" ".join(str(each) for each in (self.code, self.message or self.title, details) if each))


class _Named(msgspec.Struct, frozen=True):
    id: str = ""


class _Contact(msgspec.Struct, frozen=True):
    wa_id: str | None = None


class Said(msgspec.Struct, frozen=True):
    """The members of an answer that matter here."""

    messages: list[_Named] = []
    contacts: list[_Contact] = []
    error: Error | None = None


def outcome(answer: Answer) -> Outcome:
    """What an answer to a message means; raises NotOurs."""
    said = read(answer.body)
    if answer.status in (200, 201, 202) and said.error is None:
        if said.messages and said.messages[0].id:
            wa_id = said.contacts[0].wa_id if said.contacts else None
            return Accepted(provider_ids=(said.messages[0].id,), recipient_id=wa_id)
        return Unknown(reason=brief(f"{answer.status} without a message id: {shown(answer, said)}"))
    number = said.error.code if said.error else None
    reason, wait = shown(answer, said), retry_after(answer.headers)
    if number is None:
        return _without_code(answer, reason, wait)
    meaning = meaning_of(number)
    match meaning.effect:
        case "signed_out":
            raise NotOurs(reason)
        case "blocked":
            return _later(meaning.code, reason, BLOCKED_SECONDS, throttled=True)
        case "slower":
            return _later(meaning.code, reason, wait, throttled=True)
        case "later":
            return _later(meaning.code, reason, wait)
        case "message" if answer.status >= 500:
            # An error of theirs that nobody has explained: it says itself that nothing was sent.
            return _later("service_unavailable", reason, wait)
        case "message":
            return _ended(meaning, reason)


def _without_code(answer: Answer, reason: str, wait: float | None) -> Outcome:
    # Somebody in between lost patience or its way back; the message may have been made, and would be made twice. Only
    # who asks to be called again says that there is none.
    if answer.status == 504 or (answer.status >= 500 and wait is None):
        return Unknown(reason=reason)
    if answer.status in (401, 403):
        raise NotOurs(reason)
    if answer.status in (408, 425, 429) or answer.status >= 500:
        throttled = answer.status == 429
        return _later("throttled" if throttled else "service_unavailable", reason, wait, throttled=throttled)
    return _ended(Meaning("refused"), reason)


def _ended(meaning: Meaning, reason: str) -> Refused:
    return Refused(kind=meaning.kind, permanent=True, code=meaning.code, reason=reason, suppress=meaning.suppress)


def _later(code: str, reason: str, wait: float | None = None, *, throttled: bool = False) -> Refused:
    return Refused(kind="gateway", permanent=False, code=code, reason=reason, retry_after=wait, throttled=throttled)


def read(body: bytes) -> Said:
    """The answer's members; none when it is not JSON of their kind."""
    try:
        return msgspec.json.decode(body, type=Said)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Said()


def shown(answer: Answer, said: Said) -> str:
    """What was answered, for people."""
    words = said.error.words if said.error else answer.body[:300].decode(errors="replace")
    return brief(f"{answer.status} {words}")
