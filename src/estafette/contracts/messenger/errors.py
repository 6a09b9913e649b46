"""Errors of document D4: `{"error": text}` with 400, 401, 403, 404 or 500."""

from typing import Any

from estafette.base.errors import Malformed, NotFound, Problem
from estafette.contracts.messenger.models import MessengerError


class BadMessengerRequest(Malformed):
    """{reason}"""

    code = "bad_messenger_request"


class UnknownMessengerResource(NotFound):
    """There is nothing here, or nothing that you may see."""

    code = "unknown_messenger_resource"


def error_body(_status: int, problem: Problem) -> Any:
    """The body of an error in this contract."""
    return MessengerError(str(problem))
