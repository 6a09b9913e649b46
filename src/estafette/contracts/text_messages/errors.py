"""Errors of document D2: `{"error": text, "code": status}`; two of them come with HTTP status 200."""

from typing import Any, Final

from estafette.base.errors import Conflict, Malformed, Problem
from estafette.contracts.text_messages.models import TextMessageError

NO_MESSAGES: Final = TextMessageError(error="You don't have any Message yet.", code=404)
NO_SUCH_MESSAGE: Final = TextMessageError(error="Message not found.", code=404)


class WrongValue(Conflict):
    """{sentence}"""

    code = "wrong_value"


class UnreadableMessage(Malformed):
    """{reason}"""

    code = "unreadable_message"


def error_body(status: int, problem: Problem) -> Any:
    """The body of an error in this contract."""
    return TextMessageError(error=str(problem), code=status)
