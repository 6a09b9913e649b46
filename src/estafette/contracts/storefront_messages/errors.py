"""Errors of document D5: `{"error": text}` with 400, 401 or 404."""

from typing import Any

from estafette.base.errors import Malformed, NotFound, Problem
from estafette.contracts.storefront_messages.models import StorefrontError


class BadMessage(Malformed):
    """{reason}"""

    code = "bad_message"


class UnknownConversationOrPartner(NotFound):
    """Conversation or partner not found."""

    code = "unknown_conversation_or_partner"


def error_body(_status: int, problem: Problem) -> Any:
    """The body of an error in this contract."""
    return StorefrontError(str(problem))
